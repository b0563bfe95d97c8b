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
export const putWaiting = (entry) => run('outbox', 'readwrite', (s) => s.put(entry));
export const dropWaiting = (id) => run('outbox', 'readwrite', (s) => s.delete(id));

// wipe forgets everything that belongs to a person. What is left: the id of this
// device, emergency numbers, the language.
export async function wipe() {
  const names = await run('values', 'readonly', (s) => s.getAllKeys());
  for (const name of names) {
    if (!KEPT_AFTER_SIGN_OUT.has(name)) await drop(name);
  }
  await run('outbox', 'readwrite', (s) => s.clear());
}
