// The signed crisis plan that this phone keeps. It is shown from here at once,
// with or without a network, and made new in the background.

import { get, put, putOwn, read } from './db.js';
import { ask, Problem } from './http.js';
import { call } from './api.js';
import { bearer, heed, signIn } from './session.js';
import { exclusively } from './lock.js';
import { openJWS, verifyJWS } from './jws.js';
import { tell } from './bus.js';

const DAY = 24 * 3600 * 1000; // milliseconds

// readPlan is keptPlan, and throws where this browser gives no storage.
export const readPlan = async () => (await read('plan')) ?? null;

// keptPlan is {plan, savedAt, checkedAt, verified, etag, version} or null.
export const keptPlan = async () => (await get('plan')) ?? null;

export const planIsOld = async () => Math.abs(Date.now() - ((await keptPlan())?.checkedAt ?? 0)) > DAY; // this clock may have been ahead

// refreshPlan asks for a newer plan. It never throws: without a network, or with
// a server in trouble, what is kept stays.
export const refreshPlan = () => exclusively('plan', () => bring().catch(() => false));

async function bring() {
  const held = await signIn();
  if (!held?.session.patientId) return false;
  const kept = await keptPlan();
  const path = `/v1/patients/${held.session.patientId}/crisis-plan/bundle`;
  const answer = await fetchBundle(path, held, kept?.etag);
  const now = Date.now();
  if (answer.status === 304) {
    await putOwn('plan', { ...kept, checkedAt: now, clinicHas: undefined }, held.session.accountId);
    await report(held.session);
    return false;
  }
  const verified = await checkSigned(answer.data);
  if (verified === false && kept) return false; // a plan that nobody signed never takes the place of a signed one
  const { payload } = openJWS(answer.data);
  if (payload.subject !== held.session.patientId) return false;
  if (payload.version < kept?.version) { // versions only grow: the clinic has an older copy back, this phone has more
    await putOwn('plan', { ...kept, checkedAt: now, clinicHas: payload.version }, held.session.accountId);
    if (kept.clinicHas !== payload.version) tell('plan');
    return false;
  }
  await putOwn('plan', { plan: payload, version: payload.version, etag: answer.etag, verified, savedAt: now, checkedAt: now }, held.session.accountId);
  tell('plan');
  await report(held.session);
  return true;
}

// fetchBundle needs no fresh token: the server gives the plan to an expired one of
// a session that lives (it opens nothing else).
async function fetchBundle(path, held, known) {
  const token = held.accessToken;
  try {
    return await ask('GET', path, { token, known });
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
    if (problem.wipe) await heed(problem, held);
    return ask('GET', path, { token: await bearer({ not: token, account: held.session.accountId }), known });
  }
}

// checkSigned looks for the key among those that are kept, and asks once for new ones.
export async function checkSigned(jws) {
  const kept = await get('jwks');
  const first = await verifyJWS(jws, kept);
  if (first !== null) return first;
  try {
    const { data } = await ask('GET', '/.well-known/jwks.json');
    await put('jwks', data);
    return await verifyJWS(jws, data);
  } catch {
    return null;
  }
}

// report tells the team which version this phone has, once a version. When it
// can't be told now, the next refresh tells it.
async function report(session) {
  const kept = await keptPlan();
  if (!kept || kept.reported === kept.version || kept.clinicHas !== undefined) return;
  await call('POST', `/v1/patients/${session.patientId}/crisis-plan/receipts`, {
    body: { deviceId: session.device.id, version: kept.version }, as: session.accountId,
  });
  await putOwn('plan', { ...(await keptPlan()), reported: kept.version }, session.accountId);
}
