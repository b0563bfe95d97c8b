// Web Push on this browser: whether it is on, turning it on and off, and keeping the
// server's knowledge of it fresh. What comes is shown by pushnote.js.

import { call } from './api.js';
import { asides } from './aside.js';
import { asOther } from './asother.js';
import { drop, get, putOwn } from './db.js';
import { ask as request } from './http.js';
import { lendZone, zone } from './intl.js';
import { session } from './session.js';

const PATIENCE = 15_000; // ms, for the browser's push service
const MOST = 20; // sessions that can be named; notify.MaxBeside

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
  const made = await addressFrom(await navigator.serviceWorker.ready); // a worker that only installs can't subscribe
  await Promise.all([tellServer(made), tellForOthers(made)]);
}

// subscribeAnew is for the worker, where the browser has changed its address for pushes.
export const subscribeAnew = async (from) => tellAll(await addressFrom(from));

// tellAll tells the server of an address, for all who want notes here. It gives what is
// known then of the person in front.
/** @returns {Promise<any>} */
async function tellAll(made) {
  const [known] = await Promise.all([(await get('push-told')) ? tellServer(made) : {}, tellForOthers(made)]);
  return known;
}

const siteKey = async () => (await request('GET', '/v1/push-key')).data.key; // of everybody, also who is signed out

async function addressFrom(at) {
  const key = await siteKey();
  const ask = () => inTime(at.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  try {
    return await ask();
  } catch (problem) {
    if (problem.name !== 'InvalidStateError') throw new PushOff('no-service');
    await (await at.pushManager.getSubscription())?.unsubscribe(); // made with a key of before
    return ask();
  }
}

// inTime gives up where the browser's push service can't be reached: the browser itself
// goes on trying, for ever.
const inTime = (work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new PushOff('no-service')), PATIENCE))]);

// tellServer gives what the server knows then: state, and whether it wants a fresh
// subscription.
async function tellServer(made) {
  const as = (await session())?.accountId;
  const { data } = await call('PUT', '/v1/me/push-device', { as, body: { ...(await registrationOf(made)), zone: await ownZone() } });
  await putOwn('push-told', Date.now(), as);
  return data;
}

// tellForOthers tells it for each person who is set aside and wants notes, as them.
async function tellForOthers(made) {
  const body = await registrationOf(made);
  for (const { id } of await wanting()) await asOther(id, 'PUT', '/v1/me/push-device', { body }).catch(() => {});
}

const wanting = async () => (await asides()).filter(({ values }) => values['push-told'] && values['sign-in']);

// registrationOf is what the server is told. The browser has one address for all its people:
// it stays with the sessions that are named.
async function registrationOf(made) {
  const { endpoint, keys } = made.toJSON();
  const all = [await session(), ...(await wanting()).map(({ values }) => values['sign-in'].session)];
  return { channel: 'webpush', token: endpoint, ...keys, beside: all.filter(Boolean).map(({ id }) => id).slice(0, MOST) };
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
  if ((await wanting()).length === 0) await (await subscription())?.unsubscribe();
}

// keepPushes tells the server at each start that this browser still listens, and on
// whose clock, for all who want notes here. Where the push service does not take what the
// server sends, where the browser has lost its subscription, or where the site has another
// key by now, it subscribes anew. It gives 'on' when pushes of the person in front can be
// expected to arrive.
export async function keepPushes() {
  const wanted = await get('push-told');
  if (globalThis.Notification?.permission !== 'granted' || !(wanted || (await wanting()).length > 0)) return undefined;
  const made = await subscription();
  const holds = made && (await usesKey(made));
  const known = wanted && holds ? await tellServer(made) : null;
  if (holds && (!wanted || (known.state === 'live' && !known.freshTokenWanted))) {
    tellForOthers(made); // nobody waits for it
    return wanted && 'on';
  }
  await made?.unsubscribe();
  const fresh = await addressFrom(await navigator.serviceWorker.ready);
  const { state } = await tellAll(fresh);
  return state === 'live' ? 'on' : undefined;
}

// usesKey tells whether a subscription was made with the site's key of today.
async function usesKey(made) {
  const had = made.options?.applicationServerKey;
  if (!had) return true; // this browser does not say
  return base64url(new Uint8Array(had)) === (await siteKey()).replace(/=+$/, '');
}

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
