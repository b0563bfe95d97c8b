// Pages to read: the pack that this phone keeps, so that they open with no network, and
// what the reader answered, which waits here until the server has it. The pack is the same
// for everybody and stays when somebody signs out; answers are the reader's.

import { get, put, putOwn } from './db.js';
import { ask, NoAnswer } from './http.js';
import { call } from './api.js';
import { checkSigned } from './keptplan.js';
import { openJWS } from './jws.js';
import { exclusively } from './lock.js';
import { language } from './texts.js';
import { session } from './session.js';
import { tell } from './bus.js';

const MOST = 10; // pages that a search gives
const arrived = new Map(); // files that came before a pack was whole: a next try goes on

// modules are all pages in the person's language: those that this phone keeps, at once;
// else from the server. Newer ones are fetched in the background and shown the next time.
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

// packHere tells whether a search stays on this phone.
export async function packHere() {
  const kept = await get('learn-pack');
  return Boolean(kept?.files[kept.manifest.index?.name]);
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

// refreshPack brings the pack up to date. What is kept is switched in one step, when all
// of the new one is here: until then, and after a failure, the old one stays.
export const refreshPack = () => exclusively('learn-pack', async () => {
  const wanted = language();
  const kept = await get('learn-pack');
  const known = kept?.language === wanted ? kept.tag : undefined;
  const answer = await ask('GET', `/v1/education/packs/${wanted}`, { known });
  if (answer.status === 304) return kept;
  if ((await checkSigned(answer.data)) === false) throw new NoAnswer(); // somebody else signed it
  const manifest = openJWS(answer.data).payload;
  const files = {};
  for (const file of manifest.files) {
    const text = kept?.files[file.name] ?? arrived.get(file.name) ?? (await fetchFile(file));
    arrived.set(file.name, text);
    files[file.name] = text;
  }
  if (manifest.index) files[manifest.index.name] = kept?.files[manifest.index.name] ?? (await fetchFile(manifest.index));
  const next = { language: wanted, tag: answer.etag, manifest, files };
  await put('learn-pack', next);
  arrived.clear();
  tell('learn');
  return next;
});

async function fetchFile(file) {
  const { data } = await ask('GET', `/v1/education/files/${file.name}`);
  const bytes = new TextEncoder().encode(data);
  if (bytes.length !== file.bytes || !(await fits(bytes, file.name))) throw new NoAnswer();
  return data;
}

// fits holds bytes against their name, where this browser can (not without TLS).
async function fits(bytes, name) {
  if (!globalThis.crypto?.subtle) return true;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...sum)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') === name;
}

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
