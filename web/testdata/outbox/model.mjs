// node model.mjs APP RUNS SEED: histories of two tabs, a server with moods, a phone that is full, and
// tabs that are killed in the middle of anything. After each, the phone recovers; then nothing
// may be missing that was called saved, and nothing may be there twice. Prints what it did as JSON.

import { factory, Phone } from './phone.mjs';

const [app, runs, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const page = factory(app);
let state = seed >>> 0;
const random = (n) => { // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let v = Math.imul(state ^ (state >>> 15), 1 | state);
  v = (v + Math.imul(v ^ (v >>> 7), 61 | v)) ^ v;
  return ((v ^ (v >>> 14)) >>> 0) % n;
};
class Problem extends Error { constructor(status, code = 'x') { super(); Object.assign(this, { status, code }); } }
class NoAnswer extends Error {}
class SignedOut extends Error {}
const drained = () => new Promise((done) => { setImmediate(done); });
const me = { accountId: 'a', patientId: 'p' };
// What pages of two versions before have kept: without an account, and without a count of tries.
const older = [{ id: 'old-1', patientId: 'p', body: { id: 'old-1', answers: {} }, state: 'waiting', madeAt: '2025-01-01T00:00:00.000Z' },
  { id: 'old-2', patientId: 'p', path: '/v1/x', account: 'a', body: { id: 'old-2' }, state: 'waiting', madeAt: '2025-02-01T00:00:00.000Z' },
  { id: 'old-3', patientId: 'p', account: 'a', body: { id: 'old-3', answers: {} }, state: 'refused', code: 'x', madeAt: '2025-03-01T00:00:00.000Z' }];
const did = { runs: 0, kept: 0, saved: 0, sent: 0, again: 0, kills: 0, refused: 0, held: 0, steps: 0 };

for (let run = 0; run < runs; run += 1) {
  const fault = await history();
  if (fault) {
    console.log(JSON.stringify({ fault, run }));
    process.exit(1);
  }
  did.runs += 1;
}
console.log(JSON.stringify(did));

async function history() {
  const phone = new Phone();
  phone.disk.values.set('owner', 'a');
  phone.disk.values.set('sign-in', { session: me });
  const saved = new Set(), server = new Map(), final = new Set();
  let mood = 'well', count = 0, late = null;
  for (const entry of older) if (random(4) === 0) {
    phone.disk.outbox.set(entry.id, entry);
    saved.add(entry.id);
  }
  const post = (tab, body) => new Promise((resolve, reject) => {
    let way = mood === 'mixed' ? ['well', 'lost', 'down', 'off', 'no', 'odd'][random(6)] : mood;
    phone.soon(tab, () => {
      if (way === 'no' && server.has(body.id)) way = 'well'; // what the server has, it says it has
      if (final.has(body.id)) late = `${body.id} was sent after its answer was kept`;
      if (way === 'well' || way === 'lost') server.set(body.id, (server.get(body.id) ?? 0) + 1);
      phone.soon(tab, () => (way === 'well' ? resolve({ data: { serverTime: 'x' } }) : reject({ lost: new NoAnswer(), off: new NoAnswer(), down: new Problem(503), no: new Problem(422), odd: new Problem(403, '') }[way])));
    });
  });
  const open = () => {
    const tab = {};
    const timer = (run, _, ...args) => { if (!tab.dead) phone.timers.push({ page: tab, run: () => run(...args) }); return phone.timers.length; };
    const clock = class extends Date { constructor(...a) { super(...(a.length ? a : [1.7e12 + ++count])); } };
    tab.modules = page({ indexedDB: phone.storage(tab), navigator: { locks: phone.lock(tab) }, setTimeout: timer, clearTimeout() {}, AbortController, BroadcastChannel: undefined, Date: clock,
      modules: { api: { call: (_, __, { body }) => post(tab, body) }, http: { NoAnswer, Problem }, session: { session: async () => me, SignedOut } } });
    return tab;
  };
  const tabs = [open(), open()];
  const keep = async (tab) => {
    const id = `c-${count += 1}`;
    did.kept += 1;
    await tab.modules.outbox.keep('p', { id, answers: random(3) ? {} : { safety: true } }, undefined, { account: 'a' });
    if (tab.dead) return;
    const entry = (await tab.modules.outbox.standing()).find((one) => one.id === id);
    if (tab.dead || !entry) return;
    if (entry.heldOnly) did.held += 1; // the page says that it is here for as long as the page is
    else saved.add(id);
  };
  const moves = [
    (tab) => keep(tab), (tab) => keep(tab),
    (tab) => tab.modules.outbox.sendAll(), (tab) => tab.modules.outbox.sendAll(),
    (tab) => { phone.kill(tab); tabs[tabs.indexOf(tab)] = open(); did.kills += 1; },
    () => { mood = ['well', 'mixed', 'mixed', 'off'][random(4)]; },
    () => { phone.full = random(3) === 0; },
  ];
  for (let left = 10 + random(20); left > 0; left -= 1) {
    Promise.resolve(moves[random(moves.length)](tabs[random(2)])).catch(() => {});
    for (let steps = random(12); steps > 0 && await step(phone); steps -= 1);
  }
  // The phone has room again, the network is back, and both pages are opened anew.
  [mood, phone.full] = ['well', false];
  for (const i of [0, 1]) {
    phone.kill(tabs[i]);
    tabs[i] = open();
  }
  await through(phone, tabs[0].modules.outbox.sendAll());
  await through(phone, tabs[1].modules.outbox.sendAll());
  const stands = await through(phone, tabs[0].modules.outbox.standing());
  for (const id of saved) {
    if (server.has(id)) did.saved += 1;
    else if (stands.some((one) => one.id === id && one.state === 'refused')) did.refused += 1;
    else return `${id} was called saved and is nowhere`;
  }
  const twice = stands.map((one) => one.id).find((id, i, all) => all.indexOf(id) !== i);
  if (twice) return `${twice} stands twice: ${stands.filter((one) => one.id === twice).map((one) => one.state)}`;
  for (const { id, state } of stands) if (state === 'sent') final.add(id);
  const before = [...server.values()].reduce((a, b) => a + b, 0);
  await through(phone, tabs[1].modules.outbox.sendAll());
  if (late) return late;
  did.sent += server.size;
  did.again += before - server.size;
  return null;
}

// step lets one of the things happen that wait; a timer, where there is nothing else.
async function step(phone) {
  await drained();
  const from = phone.later.length > 0 ? phone.later : phone.timers;
  if (from.length === 0) return false;
  did.steps += 1;
  from.splice(random(Math.min(from.length, 6)), 1)[0].run();
  return true;
}

async function through(phone, work) {
  let done = false, outcome;
  work.then((said) => { [done, outcome] = [true, said]; }, (problem) => { [done, outcome] = [true, problem]; });
  while (!done && await step(phone));
  return outcome;
}
