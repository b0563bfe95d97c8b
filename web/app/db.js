// What this browser keeps: small values by name, and the check-ins that wait. All
// of it is in IndexedDB, which tabs and the service worker share.

const NAME = 'handrail';
const KEPT_AFTER_SIGN_OUT = new Set(['device', 'site', 'numbers', 'jwks', 'settings']);
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('values');
      request.result.createObjectStore('outbox', { keyPath: 'id' });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
  });
  return opening;
}

// run gives the outcome of one request when its transaction is durable.
async function run(store, mode, ask) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(store, mode, { durability: 'strict' });
    const request = ask(tx.objectStore(store));
    tx.oncomplete = () => resolve(request?.result);
    tx.onabort = tx.onerror = () => reject(tx.error);
  });
}

// get finds nothing where the browser gives no storage: what everybody may see must
// open there too.
export const get = (name) => run('values', 'readonly', (s) => s.get(name)).catch(() => undefined);

export const put = (name, value) => run('values', 'readwrite', (s) => s.put(value, name));
export const drop = (name) => run('values', 'readwrite', (s) => s.delete(name));

export const waiting = () => run('outbox', 'readonly', (s) => s.getAll());
export const dropWaiting = (id) => run('outbox', 'readwrite', (s) => s.delete(id));

// settle does something with what is held of a person, in one transaction: no other
// tab and no worker comes between the look and the change. decide gets the sign-in,
// the one before, whose browser this is, and the stores; it answers whether it did.
async function settle(decide) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(['values', 'outbox'], 'readwrite', { durability: 'strict' });
    const values = tx.objectStore('values');
    const seen = ['sign-in', 'past', 'owner'].map((name) => values.get(name));
    let did;
    seen.at(-1).onsuccess = () => { did = decide(...seen.map((r) => r.result), values, tx.objectStore('outbox')); };
    tx.oncomplete = () => resolve(did);
    tx.onabort = tx.onerror = () => reject(tx.error);
  });
}

// putOwn and putWaiting keep something of a person, and only while this browser is
// theirs: an answer that comes after a wipe, or when somebody else is here, must leave
// nothing. account: whose it is, where that is known.
export const putOwn = (name, value, account) => settle((held, past, owner, values) =>
  Boolean(owner && (!account || account === owner) && values.put(value, name)));
export const putWaiting = (entry) => settle((held, past, owner, values, outbox) => Boolean(owner && outbox.put(entry)));

// exchange puts the next tokens in the place of those with this refresh token.
export const exchange = (refreshToken, next) => settle((held, past, owner, values) =>
  Boolean(held?.refreshToken === refreshToken && values.put(next, 'sign-in')));

// part signs out and leaves everything else; unpart takes that back.
export const part = (refreshToken) => settle((held, past, owner, values) => {
  if (held?.refreshToken !== refreshToken) return false;
  values.delete('sign-in');
  values.put(held, 'past');
  return true;
});

export const unpart = (refreshToken, next) => settle((held, past, owner, values) => {
  if (held || past?.refreshToken !== refreshToken) return false;
  values.delete('past');
  values.put(next, 'sign-in');
  return true;
});

// arrive signs somebody in. What is here of another person goes first.
export const arrive = (signIn) => settle((held, past, owner, values, outbox) => {
  const mine = () => {
    values.put(signIn.session.accountId, 'owner');
    values.put(signIn, 'sign-in');
    values.delete('past');
  };
  if (owner && owner !== signIn.session.accountId) forget(values, outbox, mine);
  else mine();
  return true;
});

// wipe forgets everything that belongs to a person. What is left: the id of this
// device, emergency numbers, the language. when: asked with the sign-in and the one
// before, whether they are still those that are meant.
export const wipe = (when = () => true) => settle((held, past, owner, values, outbox) => {
  if (!when(held, past)) return false;
  forget(values, outbox, () => {});
  return true;
});

function forget(values, outbox, then) {
  outbox.clear();
  values.getAllKeys().onsuccess = (event) => {
    for (const name of event.target.result) {
      if (!KEPT_AFTER_SIGN_OUT.has(name)) values.delete(name);
    }
    then();
  };
}
