// The tablets of these days that this phone keeps, and how far they can be trusted. A copy
// that was superseded, as far as this phone knows, or that is older than a day says so
// before it shows anything; after three days it shows no tablets.

import { get, putOwn } from './db.js';
import { read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';

const HOUR = 3600 * 1000; // milliseconds
const TRUSTED = 24 * HOUR;
const SHOWN = 72 * HOUR;
const TURNED_BACK = 5 * 60_000; // a clock that is this far before the copy tells no age

async function bringTablets() {
  const me = await session();
  const asked = Date.now(); // the copy is as old as the question, and not as its answer
  const kept = { tablets: await read(`/v1/patients/${me.patientId}/tablets`), savedAt: asked };
  await putOwn('tablets', kept, me.accountId);
  return kept;
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
