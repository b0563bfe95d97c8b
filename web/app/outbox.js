// Check-ins, messages, what was taken, and what family and friends keep for themselves wait
// here until the server has them. Each has an id made on this phone
// before the first try, so that a try whose answer was lost does no harm. One that has
// an answer about somebody's safety is tried for as long as it is here: it is never
// refused for good.

import { get, put, putOwn, waiting, putWaiting, dropWaiting } from './db.js';
import { call } from './api.js';
import { NoAnswer, Problem } from './http.js';
import { session, SignedOut } from './session.js';
import { exclusively } from './lock.js';
import { tell } from './bus.js';
import { holdsSafety } from './holdssafety.js';
import { within } from './safely.js';

const FIRST_WAIT = 5_000; // milliseconds, doubled after each try
const LONGEST_WAIT = 300_000;
const SHOWN = 30; // how many sent ones the phone remembers, without their answers
const PATIENCE = 4_000; // milliseconds for the disk
const TAKES = 2; // of the server: what it takes. What was refused before is sent again, once

const lost = new Map(); // check-ins that this browser does not answer for: they live as long as this page

// keep puts a check-in into the outbox. When it is done the check-in outlives the
// page and the phone's battery, if this browser keeps anything; sending comes after.
// path is where it goes: a check-in's own when left out. marks.account: who wrote it; it is
// kept and sent as them alone. marks.own: it is for nobody but
// who wrote it; help was shown then, and is not shown once more when it is sent.
export async function keep(patientId, body, path, marks = {}) {
  const entry = { id: body.message?.id ?? body.id, patientId, body, path, ...marks, state: 'waiting', madeAt: new Date().toISOString() };
  const kept = await within(PATIENCE, () => putWaiting(entry), 'late');
  if (!kept) throw new SignedOut();
  if (kept === 'late') lost.set(entry.id, entry);
  tell('outbox');
  // Where the browser can, its worker sends it even with the page closed.
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('outbox')).catch(() => {});
}

async function here() {
  const [found, owner] = await Promise.all([within(PATIENCE, waiting, []), within(PATIENCE, () => get('owner'))]);
  const all = [...found, ...[...lost.values()].filter((e) => !found.some((f) => f.id === e.id)).map((e) => ({ ...e, heldOnly: true }))];
  return all.filter((e) => !owner || !e.account || e.account === owner);
}

// standing lists what waits and what was sent lately, newest first.
export async function standing() {
  const all = [...(await here()), ...((await within(PATIENCE, () => get('sent'))) ?? [])];
  return all.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

export const sendAll = () => exclusively('outbox', sendInOrder);

const open = (entry) => entry.state === 'waiting' || (entry.takes ?? 1) < TAKES;

async function sendInOrder() {
  const me = await session();
  if (!me) return;
  const held = new Set(); // kinds of which one waits: the others of it come after
  for (const entry of (await here()).filter((e) => open(e) && mine(e, me)).sort(inOrder)) {
    const kind = entry.own ? 'own' : (entry.about ?? (entry.path ? 'message' : 'check-in'));
    if (!held.has(kind) && !(await sendOne({ ...entry, account: me.accountId }))) held.add(kind);
  }
  tell('outbox');
}

// mine tells whether somebody wrote it: what waits is sent as nobody else. What an older page
// kept does not say whose it is.
const mine = (entry, me) => (entry.account ? entry.account === me.accountId : Boolean(entry.path) || entry.patientId === me.patientId);

const inOrder = (a, b) => (a.madeAt < b.madeAt ? -1 : 1);

// sendOne tells whether to go on with the next.
async function sendOne({ heldOnly, ...entry }) {
  try {
    const { data } = await call('POST', entry.path ?? `/v1/patients/${entry.patientId}/check-ins`, { body: entry.body, as: entry.account });
    await remember(entry, data ?? {});
    return true;
  } catch (problem) {
    if (problem instanceof NoAnswer || problem instanceof SignedOut) return false;
    if (!(problem instanceof Problem)) throw problem;
    if (mayPass(problem)) return false;
    const state = holdsSafety(entry.body) || entry.asksHelp ? 'waiting' : 'refused';
    if (state !== entry.state || entry.code !== problem.code) await putWaiting({ ...entry, state, code: problem.code, takes: TAKES });
    return true;
  }
}

// mayPass tells a refusal that another try can change from one that it can't. One
// without a code is not from the clinic's computer but from somebody in between.
const mayPass = ({ status, code }) => status >= 500 || [400, 401, 408, 425, 429].includes(status) || !code;

async function remember(entry, { help = null, notes = [], serverTime, reading }) {
  const ahead = Date.now() - Date.parse(serverTime);
  if (Number.isFinite(ahead)) await put('clock', { ahead });
  const done = { id: entry.id, account: entry.account, path: entry.path, own: entry.own, madeAt: entry.madeAt, state: 'sent', sentAt: new Date().toISOString(), help: entry.own ? null : help, notes };
  if (reading) await putOwn('reading', reading, entry.account);
  const before = ((await get('sent')) ?? []).filter((one) => one.id !== entry.id); // a tab may have been killed between here and the next line
  await putOwn('sent', [done, ...before].slice(0, SHOWN), entry.account);
  await dropWaiting(entry.id);
  lost.delete(entry.id);
}

// keepSending tries again when the network is back, when the page is looked at,
// and now and then.
export function keepSending() {
  let wait = FIRST_WAIT;
  let timer;
  const turn = async () => {
    clearTimeout(timer);
    await sendAll().catch(() => {});
    const left = (await here()).filter(open).length;
    wait = left ? Math.min(wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    timer = setTimeout(turn, wait);
  };
  const soon = () => {
    wait = FIRST_WAIT;
    return turn();
  };
  addEventListener('online', soon);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && soon());
  return turn();
}
