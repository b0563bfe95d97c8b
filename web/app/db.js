// What this browser keeps: small values by name, and the check-ins that wait. All
// of it is in IndexedDB, which tabs and the service worker share. A browser takes
// its storage away under an open page (a newer tab, "force close", a full phone) or
// gives none (some private windows). Then handles are opened again, and what can't
// be kept is held here for as long as this page is open; storageState tells.

import { hear, tell } from './bus.js';
import { within } from './safely.js';

const NAME = 'handrail';
const PATIENCE = 4000; // milliseconds; some browsers never answer an open
export const OF_THE_PHONE = ['device', 'site', 'numbers', 'jwks', 'settings', 'learn-pack', 'pending-key'];
const KEPT_AFTER_SIGN_OUT = new Set(['back', 'has-pin', ...OF_THE_PHONE.filter((name) => name !== 'pending-key')]);

// ASIDE begins the name under which the things of somebody lie who is set aside (aside.js).
export const ASIDE = 'aside:';

// held is what could not be kept: by store, by name. undefined stands for what was
// deleted here and is still on the disk.
const held = { values: new Map(), outbox: new Map() };
let opening;
let everOpened = false;
let state = 'kept';

// storageState is 'kept', 'full' (nothing more fits in) or 'none' (this browser gives
// no storage now).
export const storageState = () => state;

function noteState(problem) {
  const next = !problem ? 'kept' : problem.name === 'QuotaExceededError' ? 'full' : 'none';
  if (next === state) return;
  state = next;
  tell('storage');
  if (state === 'kept') keepWhatIsHeld();
}

// keepWhatIsHeld writes to the disk what had no room there for a while.
async function keepWhatIsHeld() {
  for (const [name, value] of held.values) await (value === undefined ? drop(name) : put(name, value));
  for (const [id, entry] of held.outbox) await (entry ? putWaiting(entry) : dropWaiting(id));
}

function open() {
  opening ??= opened().catch((problem) => {
    opening = undefined;
    throw problem;
  });
  return opening;
}

const opened = () => inTime(ask(1).catch((problem) => {
  if (problem?.name !== 'VersionError') throw problem;
  return ask(); // a newer tab has made it over: what it has, it still has
}));

const inTime = (work) => Promise.race([work, new Promise((_, no) => { setTimeout(() => no(new Error('no-answer')), PATIENCE); })]);

const ask = (version) => new Promise((resolve, reject) => {
  const request = indexedDB.open(NAME, version);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('values');
    request.result.createObjectStore('outbox', { keyPath: 'id' });
  };
  request.onsuccess = () => {
    const db = request.result;
    everOpened = true;
    const gone = () => { opening = undefined; };
    db.onclose = gone;
    db.onversionchange = () => {
      db.close();
      gone();
    };
    resolve(db);
  };
  request.onerror = () => reject(request.error);
});

// withStores runs work in one transaction and gives its outcome when that is durable.
// A handle that is gone is opened again, once.
async function withStores(mode, work) {
  try {
    return await transaction(await open(), mode, work);
  } catch (problem) {
    if (!opening || !['InvalidStateError', 'AbortError', 'UnknownError'].includes(problem?.name ?? 'AbortError')) throw problem;
    opening = undefined;
    return transaction(await open(), mode, work);
  }
}

const transaction = (db, mode, work) => new Promise((resolve, reject) => {
  const tx = db.transaction(['values', 'outbox'], mode, { durability: 'strict' });
  let outcome;
  work(tx.objectStore('values'), tx.objectStore('outbox'), (value) => { outcome = value; });
  tx.oncomplete = () => resolve(outcome);
  tx.onabort = tx.onerror = () => reject(tx.error);
});

const request = (mode, store, make) => withStores(mode, (values, outbox, done) => {
  const one = make(store === 'values' ? values : outbox);
  one.onsuccess = () => done(one.result);
});

// What the first screens ask for, one after another, is read in one go at the start: each
// question of its own is a way to another process and back. It stands until the first screen
// does, and not beyond a change here or news of one in another tab.
const FIRST = ['settings', 'me', 'site', 'numbers', 'sign-in', 'past', 'owner', 'label', 'plan', 'lock', 'lock-keys', 'lock-codes', 'lock-seen', 'lock-shut', 'reading', 'visits', 'tablets', 'device'];
const FIRST_MS = 2000;
let first; // a promise of {name: value}

export function readFirst() {
  first = within(FIRST_MS / 2, () => withStores('readonly', (values, outbox, done) => {
    const found = new Map();
    for (const name of FIRST) values.get(name).onsuccess = (event) => found.set(name, event.target.result);
    pairs(values, ASIDE, (list) => found.set(ASIDE, list));
    done(found);
  }), new Map());
  setTimeout(firstIsOver, FIRST_MS);
}

export const firstIsOver = () => { first = undefined; };
for (const news of ['signed-in', 'signed-out', 'parted', 'back', 'turned', 'locked', 'unlocked', 'plan']) hear(news, firstIsOver);

// amongFirst is what was read at the start under a name, or what ask finds.
async function amongFirst(name, ask) {
  const mine = first;
  const found = await mine;
  return mine && mine === first && found.has(name) ? found.get(name) : ask();
}

// get finds nothing where the browser gives no storage: what everybody may see must
// open there too. read throws then.
export const get = (name) => read(name).catch(() => undefined);

export async function read(name) {
  if (held.values.has(name)) return held.values.get(name);
  try {
    return await amongFirst(name, () => inTime(request('readonly', 'values', (s) => s.get(name))));
  } catch (problem) {
    noteState(problem ?? {});
    throw problem ?? new Error('storage');
  }
}

// under lists the values whose names begin so.
export const under = async (start) => (await pairsUnder(start)).map(([, value]) => value);

// namesUnder lists their names.
export const namesUnder = async (start) => (await pairsUnder(start)).map(([name]) => name);

function pairs(values, start, done) {
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const keys = values.getAllKeys(range);
  values.getAll(range).onsuccess = (event) => done(keys.result.map((key, i) => [key, event.target.result[i]]));
}

async function pairsUnder(start) {
  const onDisk = await amongFirst(start, () => inTime(withStores('readonly', (values, outbox, done) => pairs(values, start, done)))).catch(() => []);
  const here = [...held.values].filter(([name]) => name.startsWith(start));
  return [...new Map([...onDisk, ...here])].filter(([, value]) => value);
}

// put tells whether the value is on the disk; if not it is held here.
export const put = (name, value) => write('values', name, value, (s) => s.put(value, name));
export const drop = (name) => write('values', name, undefined, (s) => s.delete(name));
export const dropWaiting = (id) => write('outbox', id, undefined, (s) => s.delete(id));

async function write(store, key, value, make) {
  firstIsOver();
  try {
    await request('readwrite', store, make);
    held[store].delete(key);
    noteState();
    return true;
  } catch (problem) {
    held[store].set(key, value);
    noteState(problem ?? {});
    return false;
  }
}

// waiting lists the check-ins that wait. heldOnly marks one that goes with this page.
export async function waiting() {
  const onDisk = await inTime(request('readonly', 'outbox', (s) => s.getAll())).catch(() => []);
  const mine = [...held.outbox.values()].filter(Boolean).map((entry) => ({ ...entry, heldOnly: true }));
  return [...onDisk.filter((entry) => !held.outbox.has(entry.id)), ...mine];
}

// settle does something with what is kept of a person, in one transaction: no other
// tab and no worker comes between the look and the change. decide gets the sign-in,
// the one before, whose browser this is, and the stores; it answers whether it did.
// mustKeep: it throws, too, where the disk may still have something; onDisk: it throws and
// does nothing where nothing can be written.
export async function settle(decide, { mustKeep = false, onDisk = false } = {}) {
  const changes = [];
  firstIsOver();
  try {
    const did = await withStores('readwrite', (values, outbox, done) => {
      changes.length = 0;
      const names = ['sign-in', 'past', 'owner'];
      const seen = names.map((name) => values.get(name));
      seen.at(-1).onsuccess = () => done(decide(
        ...names.map((name, i) => (held.values.has(name) ? held.values.get(name) : seen[i].result)),
        noted('values', values, changes), noted('outbox', outbox, changes)));
    });
    for (const [store, key] of changes) held[store].delete(key);
    if (changes.length > 0) noteState();
    return did;
  } catch (problem) {
    noteState(problem ?? {});
    if (onDisk && everOpened) throw problem ?? new Error('storage');
    const did = await settleHere(decide);
    if (mustKeep && everOpened) throw problem ?? new Error('storage');
    return did;
  }
}

// settleHere is settle where nothing can be written: the outcome lives in this page.
async function settleHere(decide) {
  const changes = [];
  const now = await Promise.all(['sign-in', 'past', 'owner'].map(get));
  const did = decide(...now, noted('values', null, changes), noted('outbox', null, changes));
  for (const [store, key, value] of changes) held[store].set(key, value);
  return did;
}

// noted is a store that writes down what is changed in it.
const noted = (name, store, changes) => ({
  put(value, key) {
    changes.push([name, key ?? value.id, value]);
    return store?.put(value, key) ?? {};
  },
  delete(key) {
    changes.push([name, key]);
    return store?.delete(key) ?? {};
  },
  clear() {
    for (const key of held[name].keys()) changes.push([name, key]);
    return store?.clear() ?? {};
  },
  keys(then) {
    const here = [...held[name].keys()];
    if (!store) then(here);
    else store.getAllKeys().onsuccess = (event) => then([...new Set([...event.target.result, ...here])]);
  },
  // entries gives [name, value] of all that is here; what could not be written is as it is held.
  entries(then) {
    const all = (keys, found) => then([...new Map([...keys.map((key, i) => [key, found[i]]), ...held[name]])].filter(([, value]) => value !== undefined));
    if (!store) return all([], []);
    const keys = store.getAllKeys();
    store.getAll().onsuccess = (event) => all(keys.result, event.target.result);
  },
});

// putOwn and putWaiting keep something of a person, and only while this browser is
// theirs: an answer that comes after a wipe, or when somebody else is here, must leave
// nothing. account: whose it is; what waits is its owner's who is in front, when left out.
export const putOwn = (name, value, account) => settle((now, past, owner, values) =>
  Boolean(owner && account === owner && values.put(value, name)));
export const putWaiting = (entry) => settle((now, past, owner, values, outbox) =>
  Boolean(owner && (entry.account ?? owner) === owner && outbox.put({ ...entry, account: owner })));

// exchange puts the next tokens in the place of those with this refresh token.
export const exchange = (refreshToken, next) => settle((now, past, owner, values) =>
  Boolean(now?.refreshToken === refreshToken && values.put(next, 'sign-in')));

// part signs out and leaves everything else; unpart takes that back.
export const part = (refreshToken) => settle((now, past, owner, values) => {
  if (now?.refreshToken !== refreshToken) return false;
  values.delete('sign-in');
  values.put(now, 'past');
  return true;
});

export const unpart = (refreshToken, next) => settle((now, past, owner, values) => {
  if (now || past?.refreshToken !== refreshToken) return false;
  values.delete('past');
  values.put(next, 'sign-in');
  return true;
});

// pendingKey is the key of a sign-in that is not here yet, the same one until then; null
// where none can be made or kept.
export async function pendingKey(make) {
  try {
    const kept = await request('readonly', 'values', (s) => s.get('pending-key'));
    if (kept) return kept;
    const made = await make();
    if (made) await request('readwrite', 'values', (s) => s.put(made, 'pending-key'));
    return made;
  } catch {
    return null;
  }
}

// wipe forgets everything that belongs to the person in front. What is left: the id of this
// device, emergency numbers, the language, and other people who are set aside. when: asked with the sign-in and the one
// before, and whose browser this is: whether they are still those that are meant. It throws when the disk may still
// have something.
/** @param {(now?: any, past?: any, owner?: any) => boolean} [when] */
export const wipe = (when = () => true) => settle((now, past, owner, values, outbox) => {
  if (!when(now, past, owner)) return false;
  outbox.clear();
  forget(values, KEPT_AFTER_SIGN_OUT, () => {});
  return true;
}, { mustKeep: true });

// UNSENT is what stays of somebody whose copies of others went, while something that they
// wrote waits: whose it is, what stands for them, what opens it, and what lets them back in.
export const UNSENT = ['owner', 'label', 'lock', 'lock-wrong', 'lock-keys', 'lock-codes', 'lock-seen', 'lock-shut', 'has-pin', 'back'];

// wipeCopies is wipe at an end that nobody said a word for: what waits to be sent was written by
// this person, and stays until they are back. held: the sign-in that ended; back: what lets them in.
export const wipeCopies = (when, held, back) => settle((now, past, owner, values, outbox) => {
  if (!when(now, past, owner)) return false;
  values.entries((all) => outbox.entries((waits) => {
    const label = all.find(([name]) => name === 'label')?.[1] ?? initials(held.session.name);
    forget(values, new Set([...KEPT_AFTER_SIGN_OUT, ...(waits.length > 0 ? UNSENT : [])]), () => {
      if (waits.length > 0) values.put(label, 'label');
      if (back) values.put(back, 'back');
    });
  }));
  return true;
}, { mustKeep: true });

// initials is what stands for somebody who chose nothing: never a whole name, never a role.
export const initials = (name = '') => name.trim().split(/\s+/).map((word) => [...word][0] ?? '').slice(0, 3).join('');

function forget(values, stays, then) {
  values.keys((names) => {
    for (const name of names) {
      if (!stays.has(name) && !name.startsWith(ASIDE)) values.delete(name);
    }
    then();
  });
}
