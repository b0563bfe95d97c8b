// Who is signed in on this browser, and the tokens. A refresh token works once, so
// one tab at a time refreshes and the others take what it got.

import { get, put, drop, wipe } from './db.js';
import { exclusively } from './lock.js';
import { tell } from './bus.js';
import { uuid7 } from './uuid.js';
import { ask, NoAnswer, Problem } from './http.js';

const EARLY = 30_000; // refresh this long before the end, for clocks that differ

export class SignedOut extends Error {}

export const signIn = () => get('sign-in');
export const session = async () => (await signIn())?.session ?? null;

// bearer gives an access token that still holds. not: one that the server refused.
export async function bearer({ not } = {}) {
  const held = await signIn();
  if (!held) throw new SignedOut();
  if (usable(held, not)) return held.accessToken;
  return exclusively('refresh', () => refresh(not));
}

const usable = (held, not) => held.accessToken !== not && Date.parse(held.expiresAt) - EARLY > Date.now();

async function refresh(not) {
  const held = await signIn();
  if (!held) throw new SignedOut();
  if (usable(held, not)) return held.accessToken;
  try {
    const { data } = await ask('POST', '/v1/auth/refresh', { body: { refreshToken: held.refreshToken } });
    await put('sign-in', data);
    return data.accessToken;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      await ended(held);
      throw new SignedOut();
    }
    throw problem;
  }
}

// ended is for a session that is over. One that ran out leaves the crisis plan and
// what waits to be sent; one that was ended on purpose (a lost phone) leaves nothing.
async function ended(held) {
  if (Date.parse(held.session.expiresAt) <= Date.now()) await drop('sign-in');
  else await wipe();
  tell('signed-out');
}

export async function device(name) {
  const known = (await get('device')) ?? { id: uuid7(), name, platform: 'web' };
  const made = { ...known, name: name ?? known.name };
  await put('device', made);
  return made;
}

// enrol signs in with a code. What another person left in this browser goes first.
export async function enrol(code, deviceName) {
  const { data } = await ask('POST', '/v1/auth/enrol', { body: { code, device: await device(deviceName) } });
  const last = await get('owner');
  if (last && last !== data.session.accountId) await wipe();
  await put('owner', data.session.accountId);
  await put('sign-in', data);
  tell('signed-in');
  return data.session;
}

// signOut ends the session and wipes this browser. Without a network the server
// can't be told: the caller says so, and the session is ended under "devices".
export async function signOut() {
  let told = true;
  try {
    await ask('POST', '/v1/auth/sign-out', { token: await bearer() });
  } catch (problem) {
    told = !(problem instanceof NoAnswer);
  }
  await wipe();
  tell('signed-out');
  return told;
}
