// Web Push on this browser: whether it is on, turning it on and off, and keeping the
// server's knowledge of it fresh. What comes is shown by pushnote.js.

import { call, read } from './api.js';
import { get, put, drop } from './db.js';
import { zone } from './format.js';

const FRESH = 24 * 3600 * 1000; // how often the server is told that this browser still listens

const PATIENCE = 15_000; // ms, for the browser's push service

export class PushOff extends Error {}

const registration = () => navigator.serviceWorker?.getRegistration();
const subscription = async () => (await registration())?.pushManager?.getSubscription() ?? null;

// pushState is 'none' (this browser can't), 'blocked', 'on' or 'off'.
export async function pushState() {
  if (!globalThis.PushManager || !globalThis.Notification || !(await registration())) return 'none';
  if (Notification.permission === 'denied') return 'blocked';
  return (await subscription()) && (await get('push-told')) ? 'on' : 'off';
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
  await tellServer(made);
}

// inTime gives up where the browser's push service can't be reached: the browser itself
// goes on trying, for ever.
const inTime = (work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new PushOff('no-service')), PATIENCE))]);

async function tellServer(made) {
  const { endpoint, keys } = made.toJSON();
  await call('PUT', '/v1/me/push-device', { body: { channel: 'webpush', token: endpoint, ...keys, zone: zone() } });
  await put('push-told', Date.now());
}

export async function turnOff() {
  await (await subscription())?.unsubscribe();
  await drop('push-told');
  await call('DELETE', '/v1/me/push-device');
}

// letGo ends it on this browser alone; the server forgets with the session.
export const letGo = async () => { await (await subscription())?.unsubscribe(); };

// keepPushes tells the server once a day that this browser still listens, and on
// whose clock. A server that could not reach it gets it anew.
export async function keepPushes() {
  const told = await get('push-told');
  if (!told || Date.now() - told < FRESH) return;
  const made = await subscription();
  if (made) await tellServer(made);
}
