// The lock of this phone: after some minutes in which nobody touched the page it shows
// nothing but help and the crisis plan until its person is back. It is here and nowhere
// else, so that it works without a network. It hides; it does not seal (docs/security.md).

import { drop, get, put, putOwn } from './db.js';
import { hear, tell } from './bus.js';
import { ask } from './http.js';
import { credentials } from './session.js';
import { shared } from './people.js';
import { staff } from './staff.js';

const STAFF_MINUTES = 10; // of a clinic that has not said, where something can open it; others choose
const SHARED_MINUTES = 5; // on a phone of several people, where something can open it
const LOOK = 15_000; // milliseconds between two looks at the clock
const NOTE = 10_000; // milliseconds between two notes of a touch
const ROUNDS = 600_000; // of PBKDF2 with SHA-256
const FREE = 5; // wrong PINs before one waits
const LONGEST_WAIT = 15 * 60_000; // milliseconds

const sides = ['help', 'plan', 'enrol', 'language', 'people', 'arrived'];
const everybodys = ['near', 'join', 'confirm', 'learn']; // who is signed out has these too
let seen; // when somebody last touched the page
let shut = false;

// reachable tells whether an address opens while the phone is locked. On a phone of several
// people the plan is behind the lock as well: whoever stands before it may be another one.
export async function reachable(hash, me) {
  const first = hash.replace(/^#\/?/, '').split('/')[0];
  if (first === 'plan') return hash === '#/plan' && Boolean(me?.patientId) && !(await shared());
  return sides.includes(first) || (!me && everybodys.includes(first));
}

// planIsHidden tells whether the plan in front is behind its person's lock.
export const planIsHidden = async (me) => (await shared()) && isLocked(me);

// isShut is isLocked as it was last found.
export const isShut = () => shut;

// noteKey remembers a passkey of an account that this browser has used: it can open the lock
// of its person, once it is known whose it is. gone: it was taken off.
export async function noteKey(id, account, gone = false) {
  const rest = ((await get('lock-keys')) ?? []).filter((one) => one !== id);
  await putOwn('lock-keys', gone ? rest : [...rest, id], account);
}

// noteCodes remembers whether its person, who works here, has an app with codes: that too
// opens the lock, with a network.
export const noteCodes = (on, account) => putOwn('lock-codes', on, account);

// hospitalOf is the name of the hospital by whose sign-in somebody came who works here: it
// can be asked anew, with a network.
export const hospitalOf = (me) => (staff(me?.role) && me.provider) || null;

// opensFor tells whether anything but a PIN of the lock opens it.
const opensFor = async (me) => Boolean((await get('lock-keys'))?.length || (await get('lock-codes')) || hospitalOf(me));

// lockOf is {minutes, pin?} as its person chose; minutes 0: off.
export async function lockOf(me) {
  const [chosen, several] = [await get('lock'), await shared()];
  if (chosen && (chosen.minutes || !several)) return chosen;
  const opens = await opensFor(me);
  if (several && opens) return { minutes: SHARED_MINUTES };
  return { minutes: staff(me?.role) && opens ? ((await get('site'))?.staffLockMinutes ?? STAFF_MINUTES) : 0 };
}

// setLock keeps the choice. pin: a new one; empty: the one of before.
export async function setLock(minutes, pin, account) {
  const before = (await get('lock'))?.pin;
  const made = pin ? await sealed(pin) : before;
  await putOwn('lock', { minutes, ...(minutes > 0 && made && { pin: made }) }, account);
  await touched();
}

// canOpen tells whether there would be a way back in.
export const canOpen = async () => Boolean((await get('lock'))?.pin) || opensFor((await get('sign-in'))?.session);

// isLocked looks at the clock. One that was set back locks too.
export async function isLocked(me) {
  if (!me && !(await shared())) return false;
  if (shut) return true;
  const { minutes } = await lockOf(me);
  if (!minutes) return false;
  seen ??= await get('lock-seen');
  const away = (await get('lock-shut')) || (seen !== undefined && Math.abs(Date.now() - seen) >= minutes * 60_000);
  if (away) {
    shut = true;
    await put('lock-shut', true);
  } else if (seen === undefined) await touched();
  return shut;
}

async function touched() {
  seen = Date.now();
  await put('lock-seen', seen);
}

export async function openLock() {
  await drop('lock-shut');
  await drop('lock-wrong');
  await touched();
  shut = false;
  tell('unlocked');
  tell('outbox'); // help that waited
}

// lockNow is for somebody who hands the phone over.
export async function lockNow() {
  if (!(await canOpen())) return;
  shut = true;
  await put('lock-shut', true);
  tell('locked');
}

// openWithPIN tells 'open', 'wrong' or 'wait'. Nothing is ever taken off for a wrong one. of:
// whose lock, where it is not that of the person in front; opened: what is done then.
export async function openWithPIN(pin, of = { get, put }, opened = openLock) {
  const wrong = (await of.get('lock-wrong')) ?? { n: 0 };
  const left = (wrong.until ?? 0) - Date.now();
  if (left > 0 && left <= LONGEST_WAIT) return 'wait';
  const { salt, hash } = (await of.get('lock')).pin;
  if ((await derived(pin, salt)).every((byte, i) => byte === hash[i])) {
    await opened();
    return 'open';
  }
  const n = wrong.n + 1;
  await of.put('lock-wrong', { n, until: n < FREE ? 0 : Date.now() + Math.min(30_000 * 2 ** (n - FREE), LONGEST_WAIT) });
  return 'wrong';
}

// openWithPasskey asks this phone for one of its person's passkeys. Nobody checks the
// signature: that the phone gives one is what opens.
export async function openWithPasskey(of = { get, put }, opened = openLock) {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  await navigator.credentials.get({ publicKey: { challenge: crypto.getRandomValues(new Uint8Array(32)), userVerification: 'required',
    allowCredentials: (await of.get('lock-keys')).map((id) => ({ type: 'public-key', id: bytes(id) })) } });
  await opened();
}

// openWithCode asks the clinic whether a code of its person's app holds.
export async function openWithCode(totp, account) {
  await ask('POST', '/v1/me/step-up', { body: { totp }, ...(await credentials({ account })) });
  await openLock();
}

async function sealed(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, hash: await derived(pin, salt) };
}

async function derived(pin, salt) {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, key, 256));
}

// keepLock watches. inVisit tells whether somebody is in a visit, where nobody touches a
// screen for long. changed is called when the phone locks or opens.
export function keepLock({ who, inVisit, changed }) {
  const look = async () => {
    if (shut) return;
    const me = await who();
    if (inVisit()) await touched();
    else if (await isLocked(me)) changed();
  };
  const touch = async () => {
    if (shut || (seen !== undefined && Date.now() - seen >= 0 && Date.now() - seen < NOTE)) return;
    await look();
    if (!shut) await touched();
  };
  for (const what of ['pointerdown', 'keydown']) addEventListener(what, () => touch().catch(() => {}), { capture: true, passive: true });
  document.addEventListener('visibilitychange', () => look().catch(() => {}));
  setInterval(() => look().catch(() => {}), LOOK);
  hear('unlocked', () => { // in whatever tab
    shut = false;
    seen = undefined;
    changed();
  });
  hear('locked', () => {
    shut = true;
    changed();
  });
  hear('signed-in', () => openLock().catch(() => {})); // who forgot the PIN signs in anew, and chooses another
}
