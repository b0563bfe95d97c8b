// Pages to read, from the pack that this phone keeps (learnpack.js), and what the reader
// answered, which is theirs and waits here until the server has it.

import { get, putOwn } from './db.js';
import { ask } from './http.js';
import { call } from './api.js';
import { refreshPack } from './learnpack.js';
import { exclusively } from './lock.js';
import { language } from './texts.js';
import { session } from './session.js';

export { refreshPack };

const MOST = 10; // pages that a search gives

// modules are all pages in the person's language: those that this phone keeps, at once;
// else from the server.
export async function modules() {
  const kept = await get('learn-pack');
  if (kept?.language === language()) {
    refreshPack().catch(() => {});
    return views(kept);
  }
  try {
    return views(await refreshPack());
  } catch (problem) {
    if (!kept) throw problem;
    return views(kept); // another language is better than none
  }
}

let reads; // the index of the pack that was searched last, ready for the next letter

// search finds pages by what somebody types: on this phone where it keeps the pack, so that
// the words stay here; else by the server. [{ page, why: [{ typed, found }] }], or null where
// neither can be asked. What was typed is kept nowhere.
export async function search(typed, all) {
  const kept = await get('learn-pack');
  const name = kept?.manifest.index?.name;
  const found = name && kept.files[name] ? await here(name, kept.files[name], typed) : await there(typed);
  return found?.map(({ id, why }) => ({ page: all.find((m) => m.id === id), why })).filter(({ page }) => page) ?? null;
}

// Words with a slip in three scripts: who searches for them has run all that a search runs.
const WARM = 'sleepng-dormirr-النوومم';

// packHere tells whether a search stays on this phone. It reads the index and searches once
// before somebody types: the first search costs a slow phone four times what others cost.
export async function packHere() {
  const kept = await get('learn-pack');
  const name = kept?.manifest.index?.name;
  const file = kept?.files[name];
  if (file) (globalThis.requestIdleCallback ?? setTimeout)(() => here(name, file, WARM).catch(() => {}));
  return Boolean(file);
}

async function here(name, file, typed) {
  const { find, ready } = await import('./search/find.js');
  if (reads?.name !== name) reads = { name, index: ready(JSON.parse(file)) };
  return find(reads.index, typed, MOST);
}

async function there(typed) {
  try {
    return (await ask('POST', '/v1/education/search', { body: { typed, language: language() } })).data.found;
  } catch {
    return null;
  }
}

const views = (pack) => pack.manifest.files.map((f) => JSON.parse(pack.files[f.name])).sort(byNeed);

const needs = ['now', 'this-week', 'understand'];
const byNeed = (a, b) => needs.indexOf(a.need) - needs.indexOf(b.need) || a.id.localeCompare(b.id);

// send gives something of the reader to the server, now or when there is a network. Who
// is not signed in keeps it to themselves.
export async function send(method, path, body) {
  const me = await session();
  if (!me) return;
  await exclusively('learn-waiting', async () => {
    const waits = (await get('learn-waiting')) ?? [];
    await putOwn('learn-waiting', [...waits, { method, path, body }], me.accountId);
  });
  await sendWaiting().catch(() => {});
}

// sendWaiting sends in order. What the server refuses is let go: it would refuse it
// again, and nothing hangs on it.
export const sendWaiting = () => exclusively('learn-waiting', async () => {
  const me = await session();
  let waits = (await get('learn-waiting')) ?? [];
  while (me && waits.length > 0) {
    try {
      await call(waits[0].method, waits[0].path, { body: waits[0].body, as: me.accountId });
    } catch (problem) {
      if (!(problem.status >= 400 && problem.status < 500) || problem.status === 401 || problem.status === 429) return;
    }
    waits = waits.slice(1);
    await putOwn('learn-waiting', waits, me.accountId);
  }
});

// mine is what the server has for this reader; null where it can't be asked now.
export const mine = () => asked('GET', '/v1/me/education');

// helpsIn is what may help in a situation that the reader names; nothing of it is kept.
export const helpsIn = (situation) => asked('POST', '/v1/me/education/suggestions', { body: { situations: [situation] } });

async function asked(method, path, options) {
  if (!(await session())) return null;
  try {
    return (await call(method, path, options)).data;
  } catch {
    return null;
  }
}
