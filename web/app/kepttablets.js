// The tablets of these days that this phone keeps, and how far they can be trusted. A copy
// that was superseded, as far as this phone knows, or that is older than a day says so
// before it shows anything; after three days it shows no tablets.

import { get, putOwn, waiting } from './db.js';
import { read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';
import { keep, sendAll } from './outbox.js';
import { uuid7 } from './uuid.js';

const HOUR = 3600 * 1000; // milliseconds
const TRUSTED = 24 * HOUR;
const SHOWN = 72 * HOUR;
const TURNED_BACK = 5 * 60_000; // a clock that is this far before the copy tells no age

async function bringTablets() {
  const me = await session();
  const asked = Date.now(); // the copy is as old as the question, and not as its answer
  const kept = await withWaiting({ tablets: await read(`/v1/patients/${me.patientId}/tablets`, { as: me.accountId }), savedAt: asked }, me);
  await putOwn('tablets', kept, me.accountId);
  return kept;
}

// withWaiting adds what was told on this phone and waits in it: it is not asked for again.
const withWaiting = async (kept, me) => (await waiting()).filter((e) => e.about === 'taking' && e.state === 'waiting' && e.account === me.accountId)
  .reduce((all, e) => withTold(all, e.body), kept);

const withTold = ({ tablets, ...kept }, told) => ({ ...kept, tablets: { ...tablets, told: [told, ...tablets.told] } });

// tellTaken keeps in this phone what became of a dose, and sends it when there is a network.
// It tells whether the clinic has it.
export async function tellTaken(me, told) {
  const id = uuid7();
  await keep(me.patientId, told, `/v1/patients/${me.patientId}/taking`, { id, about: 'taking', account: me.accountId });
  const kept = await get('tablets');
  if (kept) await putOwn('tablets', withTold(kept, told), me.accountId);
  await sendAll();
  return !(await waiting()).some((e) => e.id === id);
}

// ownTablets are {tablets, savedAt, old, hidden, superseded}: old: the words come first;
// hidden: no tablets are shown.
export async function ownTablets() {
  try {
    return { ...(await bringTablets()), old: false, hidden: false, superseded: false };
  } catch (problem) {
    const kept = (problem instanceof NoAnswer || problem.status >= 500) && (await get('tablets'));
    if (!kept) throw problem;
    return { ...kept, offline: true, ...(await trust(kept)) };
  }
}

async function trust(kept) {
  const age = Date.now() - kept.savedAt;
  const list = await get('medicines');
  const superseded = Boolean(list?.list.tablets) && list.savedAt > kept.savedAt && list.list.tablets !== kept.tablets.mark;
  const turned = age < -TURNED_BACK;
  return { superseded, old: superseded || turned || age > TRUSTED, hidden: turned || age > SHOWN };
}

// freshenTablets keeps them without being asked for, now and then. It never throws.
export async function freshenTablets() {
  const kept = await get('tablets');
  if (!(await session())?.patientId || Date.now() - (kept?.savedAt ?? 0) < HOUR / 4) return;
  await bringTablets().catch(() => {});
}

// toldInTablets tells whether every medicine that can be told of was told of on a day.
export async function toldInTablets(on) {
  const kept = await get('tablets');
  if (!kept || kept.tablets.lines.length === 0) return false;
  return kept.tablets.lines.every((l) => kept.tablets.told.some((d) => d.medicineId === l.medicineId && d.on === on));
}
