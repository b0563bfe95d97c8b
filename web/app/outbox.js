// Check-ins wait here until the server has them. Each has an id made on this phone
// before the first try, so that a try whose answer was lost does no harm.

import { get, putOwn, waiting, putWaiting, dropWaiting } from './db.js';
import { call } from './api.js';
import { NoAnswer, Problem } from './http.js';
import { session, SignedOut } from './session.js';
import { exclusively } from './lock.js';
import { tell } from './bus.js';

const FIRST_WAIT = 5_000; // milliseconds, doubled after each try
const LONGEST_WAIT = 300_000;
const SHOWN = 30; // how many sent ones the phone remembers, without their answers

// keep puts a check-in into the outbox. When it is done the check-in outlives the
// page and the phone's battery; sending comes after.
export async function keep(patientId, body) {
  if (!(await putWaiting({ id: body.id, patientId, body, state: 'waiting', madeAt: new Date().toISOString() }))) throw new SignedOut();
  tell('outbox');
  // Where the browser can, its worker sends it even with the page closed.
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('outbox')).catch(() => {});
}

// standing lists what waits and what was sent lately, newest first.
export async function standing() {
  const all = [...(await waiting()), ...((await get('sent')) ?? [])];
  return all.sort((a, b) => b.madeAt.localeCompare(a.madeAt));
}

export const sendAll = () => exclusively('outbox', sendInOrder);

async function sendInOrder() {
  const me = await session();
  if (!me) return;
  for (const entry of (await waiting()).filter((e) => e.state === 'waiting' && e.patientId === me.patientId)) {
    if (!(await sendOne(entry))) break;
  }
  tell('outbox');
}

// sendOne tells whether to go on with the next.
async function sendOne(entry) {
  try {
    const { data } = await call('POST', `/v1/patients/${entry.patientId}/check-ins`, { body: entry.body });
    await remember(entry, data.help ?? null);
    return true;
  } catch (problem) {
    if (problem instanceof NoAnswer || problem instanceof SignedOut) return false;
    if (!(problem instanceof Problem)) throw problem;
    if (mayPass(problem.status)) return false;
    await putWaiting({ ...entry, state: 'refused', code: problem.code });
    return true;
  }
}

// mayPass tells a refusal that another try can change from one that it can't.
const mayPass = (status) => status >= 500 || [401, 408, 425, 429].includes(status);

async function remember(entry, help) {
  const done = { id: entry.id, madeAt: entry.madeAt, state: 'sent', sentAt: new Date().toISOString(), help };
  await putOwn('sent', [done, ...((await get('sent')) ?? [])].slice(0, SHOWN));
  await dropWaiting(entry.id);
}

// keepSending tries again when the network is back, when the page is looked at,
// and now and then.
export function keepSending() {
  let wait = FIRST_WAIT;
  let timer;
  const turn = async () => {
    clearTimeout(timer);
    await sendAll().catch(() => {});
    const left = (await waiting()).filter((e) => e.state === 'waiting').length;
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
