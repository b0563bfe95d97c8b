// Web Push on this browser: whether it is on, turning it on and off, and keeping the
// server's knowledge of it fresh. What comes is shown by pushnote.js.

import { call, read } from './api.js';
import { asides } from './aside.js';
import { drop, get, putOwn } from './db.js';
import { lendZone, zone } from './intl.js';
import { session } from './session.js';

const PATIENCE = 15_000; // ms, for the browser's push service

export class PushOff extends Error {}

const registration = () => navigator.serviceWorker?.getRegistration();
const subscription = async () => (await registration())?.pushManager?.getSubscription() ?? null;

// pushState is 'none' (this browser can't), 'blocked', 'on', 'off', 'unsure' (the server
// can't be asked) or 'trouble' (notes are wanted and none arrive). A subscription in the
// browser is no proof: the push service may refuse what is sent to it.
export async function pushState() {
  if (!globalThis.PushManager || !globalThis.Notification || !(await registration())) return 'none';
  if (Notification.permission === 'denied') return 'blocked';
  if (!(await get('push-told'))) return 'off';
  try {
    return (await keepPushes()) ?? 'trouble';
  } catch (problem) {
    return problem instanceof PushOff ? 'trouble' : 'unsure';
  }
}

// turnOn asks the person, then the browser's push service, then tells the server.
export async function turnOn() {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushOff('blocked');
  await subscribe();
}

// subscribe gets an address for pushes and tells the server. The worker uses it too.
export async function subscribe(from) {
  const { key } = await read('/v1/push-key');
  const at = from ?? (await navigator.serviceWorker.ready); // a worker that only installs can't subscribe
  const ask = () => inTime(at.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  let made;
  try {
    made = await ask();
  } catch (problem) {
    if (problem.name !== 'InvalidStateError') throw new PushOff('no-service');
    await (await at.pushManager.getSubscription())?.unsubscribe(); // made with a key of before
    made = await ask();
  }
  return tellServer(made);
}

// inTime gives up where the browser's push service can't be reached: the browser itself
// goes on trying, for ever.
const inTime = (work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new PushOff('no-service')), PATIENCE))]);

// tellServer gives what the server knows then: state, and whether it wants a fresh
// subscription.
async function tellServer(made) {
  const { endpoint, keys } = made.toJSON();
  const as = (await session())?.accountId;
  const { data } = await call('PUT', '/v1/me/push-device', { as, body: { channel: 'webpush', token: endpoint, ...keys, zone: await ownZone() } });
  await putOwn('push-told', Date.now(), as);
  return data;
}

// ownZone is asked in the worker too, where nobody has named the account's zone yet.
async function ownZone() {
  lendZone('account', (await get('me'))?.zone);
  return zone();
}

export async function turnOff() {
  await letGo();
  await drop('push-told');
  await call('DELETE', '/v1/me/push-device');
}

// letGo ends it on this browser alone; the server forgets with the session. The browser has
// one subscription for all its people: it stays while another one of them wants notes.
export async function letGo() {
  if (!(await asides()).some((one) => one.values['push-told'])) await (await subscription())?.unsubscribe();
}

// keepPushes tells the server at each start that this browser still listens, and on
// whose clock. Where the push service does not take what the server sends, where the
// browser has lost its subscription, or where the site has another key by now, it
// subscribes anew. It gives 'on' when pushes can be expected to arrive.
export async function keepPushes() {
  if (!(await get('push-told')) || globalThis.Notification?.permission !== 'granted') return undefined;
  const made = await subscription();
  const known = made && (await usesKey(made)) ? await tellServer(made) : null;
  if (known?.state === 'live' && !known.freshTokenWanted) return 'on';
  await made?.unsubscribe();
  return (await subscribe()).state === 'live' ? 'on' : undefined;
}

// usesKey tells whether a subscription was made with the site's key of today.
async function usesKey(made) {
  const had = made.options?.applicationServerKey;
  if (!had) return true; // this browser does not say
  const { key } = await read('/v1/push-key');
  return base64url(new Uint8Array(had)) === key.replace(/=+$/, '');
}

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
