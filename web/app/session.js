// Who is signed in on this browser, and the tokens. One tab at a time refreshes and
// the others take what it got. What is kept goes for a word of a person and for
// nothing else (parting.js).

import { get, put, exchange, part, pendingKey, unpart, wipe, wipeCopies } from './db.js';
import { arrive, freshen, turnTo } from './aside.js';
import { exclusively } from './lock.js';
import { tell } from './bus.js';
import { uuid7 } from './uuid.js';
import { ask, NoAnswer, Problem } from './http.js';
import { parting } from './parting.js';
import { makeKey } from './proof.js';

const EARLY = 30_000; // milliseconds before its end at which a token is changed

export class SignedOut extends Error {}

export const signIn = () => get('sign-in');
export const session = async () => (await signIn())?.session ?? null;

// credentials are an access token that still holds, the key that it is bound to, and the
// sign-in that they are of. not: a token that the server refused. account: whose they are
// to be; whoever is in front, when left out.
/** @param {{ not?: string, account?: string }} [options] */
export async function credentials({ not, account } = {}) {
  const held = await mine(account);
  const of = usable(held, not) ? held : await exclusively('refresh', () => refresh(not, held.session.accountId));
  return { token: of.accessToken, key: of.key, of };
}

/** @param {{ not?: string, account?: string }} [options] */
export const bearer = async (options) => (await credentials(options)).token;

// mine is the sign-in. One whose key this browser has lost is over.
async function mine(account) {
  const held = await signIn();
  if (!held || (account && held.session.accountId !== account)) throw new SignedOut();
  if (held.session.keyThumbprint && !held.key) await heed(new Problem(401, { code: 'sign-in-ended' }), held);
  return held;
}

export const usable = (held, not) => held.accessToken !== not && left(held) > EARLY;

// left is how long a token holds, in milliseconds: by the time since it came, as this
// phone's clock may be days off.
const left = (held) => (held.gotAt ? held.gotAt + held.expiresIn * 1000 : Date.parse(held.expiresAt)) - Date.now();

export const stamped = (data) => (data.expiresIn ? { ...data, gotAt: Date.now() } : data);

async function refresh(not, account) {
  const held = await mine(account);
  if (usable(held, not)) return held;
  const next = await change(held);
  if (await exchange(held.refreshToken, next)) return next;
  await freshen(account, held, next); // its person was set aside meanwhile
  return mine(account); // another tab was here meanwhile: what it left is what holds
}

// next trades the refresh token of a sign-in; the key goes on with it.
export async function next({ refreshToken, key }) {
  const { data } = await ask('POST', '/v1/auth/refresh', { body: { refreshToken }, key });
  return { ...stamped(data), key };
}

async function change(held) {
  try {
    return await next(held);
  } catch (problem) {
    await heed(problem, held);
    throw problem;
  }
}

// heed does what an answer says about this sign-in. It throws SignedOut when it ended.
export async function heed(problem, held) {
  if (!(problem instanceof Problem) || !held) return;
  const does = parting(held.session.role, problem);
  if (does === 'stay') return;
  if (does === 'wipe') {
    const goes = (now) => now?.session.id === held.session.id;
    if (await (problem.wipe ? wipe(goes) : wipeCopies(goes, held, backOf(held)))) tell('signed-out');
  } else if (await part(held.refreshToken)) tell('parted');
  throw new SignedOut();
}

// backOf is what lets somebody back in by their PIN whose copies went: it opens nothing without.
export const backOf = ({ session: { role }, refreshToken, key }) => (['supporter', 'interpreter'].includes(role) ? { refreshToken, key } : undefined);

// askAgain shows the last token of a session that ended without a word. A word that
// came later reaches this phone so; and a server that knows the session again (after
// a restore, a clock that was wrong) signs it in. It never throws.
export const askAgain = () => exclusively('refresh', () => tryPast().catch(() => {}));

async function tryPast() {
  const past = await get('past');
  if (!past || (await signIn())) return;
  try {
    if (await unpart(past.refreshToken, await next(past))) tell('back');
  } catch (problem) {
    if (!(problem instanceof Problem) || parting('patient', problem) !== 'wipe') return;
    if (await wipe((now, then) => !now && then?.refreshToken === past.refreshToken)) tell('signed-out');
  }
}

export async function device(name) {
  const known = (await get('device')) ?? { id: uuid7(), name, platform: 'web' };
  const made = { ...known, name: name ?? known.name };
  await put('device', made);
  return made;
}

// redeem trades a code for a sign-in, which is not kept yet: arriveWith keeps it, leave
// ends it.
export async function redeem(code, deviceName, second) {
  const more = second ? { [/^[0-9 ]{6,8}$/.test(second) ? 'totp' : 'recoveryCode']: second } : {};
  return enter('/v1/auth/enrol', { code, ...more, device: await device(deviceName) });
}

// enter asks to be signed in by a way. The key is kept before it is shown: when the answer
// is lost, the same code works again with the same key. A browser that can't keep one
// signs in without. more: options of ask.
export async function enter(path, body, more) {
  const made = await pendingKey(makeKey);
  const by = async (key) => {
    const signed = stamped((await ask('POST', path, { ...more, body, key })).data);
    return key ? { ...signed, key } : signed;
  };
  try {
    return await by(made);
  } catch (problem) {
    if (!made || problem.code !== 'proof-not-valid') throw problem;
    return by(); // somebody in between changes what is sent: better in than out
  }
}

// takeInvitation makes an account of family or friends by an invitation; like redeem.
export const takeInvitation = async (body, deviceName) =>
  enter('/v1/auth/invitations/take', { ...body, device: await device(deviceName) });

// comeBack signs in by a PIN, on the phone of a session that is over, with the key that
// it had. A word that came for this phone meanwhile is heeded.
export async function comeBack(pin) {
  const { refreshToken, key } = (await get('past')) ?? (await get('back')) ?? {};
  if (!refreshToken) throw new SignedOut(); // another tab has given it up
  try {
    return { ...stamped((await ask('POST', '/v1/auth/pin', { body: { refreshToken, pin }, key })).data), key };
  } catch (problem) {
    if (problem.wipe) await askAgain();
    throw problem;
  }
}

// anothers is whose things this browser keeps, where that is somebody else than who comes;
// null: nobody's, as far as that can be read (arriveWith looks again).
export async function anothers(signIn) {
  const owner = await get('owner');
  return owner && owner !== signIn.session.accountId ? owner : null;
}

// arriveWith signs in. Another person who is in front is set aside, if somebody at this
// browser said so (instead: the account that they were told of); the same person finds
// everything again. It is null where the browser is another's meanwhile: nothing has changed.
export async function arriveWith(signIn, instead) {
  if (!(await arrive(signIn, instead))) return null;
  if (instead && instead !== signIn.session.accountId) tell('turned');
  tell('signed-in');
  return signIn.session;
}

// comeToFront is for a person who was set aside and has opened their own lock. It waits for
// nothing that goes on, in whatever tab: their plan is behind it. What goes on is bound to
// its own person (call).
export async function comeToFront(account) {
  if (!(await turnTo(account))) return null;
  tell('turned');
  tell('signed-in');
  return session();
}

export const leave = (signIn) => ask('POST', '/v1/auth/sign-out', { token: signIn.accessToken, key: signIn.key }).catch(() => {});

// signOut ends the session of an account and wipes what this browser has of it. Without a
// network the server can't be told: the caller says so, and the session is ended under
// "devices". Whoever is in front meanwhile stays as they are.
export async function signOut(account) {
  let told = true;
  try {
    await ask('POST', '/v1/auth/sign-out', await credentials({ account }));
  } catch (problem) {
    told = !(problem instanceof NoAnswer);
  }
  if (await wipe((now, past, owner) => !owner || owner === account)) tell('signed-out');
  return told;
}
