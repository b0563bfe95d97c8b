// The crisis plan that the phone keeps: fetched whenever there is a network, shown from here
// at once and always.

import { NoAnswer, Problem, SignedOut } from './api.mjs';

/** @typedef {ReturnType<typeof import('./api.mjs').openApi>} Api @typedef {import('./api.mjs').Store} Store */

/** kept is {plan, version, etag}, or undefined where this phone never had one.
 * @param {Store} store */
export const kept = (store) => store.get('plan');

/** refresh looks for a newer plan and never takes away the one that is here. It tells whether
 * a newer one came.
 * @param {Store} store @param {Api} api */
export async function refresh(store, api) {
  try {
    return await bring(store, api);
  } catch (problem) {
    if (problem instanceof NoAnswer || problem instanceof Problem || problem instanceof SignedOut) return false;
    throw problem;
  }
}

/** @param {Store} store @param {Api} api */
async function bring(store, api) {
  const { session, accessToken } = await api.held(); // one that has expired opens the plan too
  const before = await kept(store);
  const path = `/v1/patients/${session.patientId}/crisis-plan`;
  const answer = await api.ask('GET', `${path}/bundle`, { token: accessToken, known: before?.etag })
    .catch((problem) => (problem instanceof Problem && problem.status === 401 && !problem.wipe
      ? api.call('GET', `${path}/bundle`, { known: before?.etag }) : api.heed(problem).then((why) => { throw why; })));
  if (answer.status === 304) return false;
  const { data: keys } = await api.ask('GET', '/.well-known/jwks.json');
  const plan = await verified(answer.data, keys);
  if (!plan || plan.subject !== session.patientId || plan.version < (before?.version ?? 0)) return false; // versions only grow
  await store.put('plan', { plan, version: plan.version, etag: answer.etag });
  await api.call('POST', `${path}/receipts`, { body: { version: plan.version } }); // the team sees which one this phone has
  return true;
}

/** verified is what a compact JWS says that one of the keys signed, or null.
 * @param {string} jws @param {{ keys: Array<JsonWebKey & { kid: string }> }} jwks */
export async function verified(jws, jwks) {
  const [head, body, signature] = jws.split('.');
  const { kid, alg } = JSON.parse(text(head));
  const jwk = jwks.keys.find((key) => key.kid === kid);
  if (alg !== 'EdDSA' || !jwk) return null;
  const key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, 'Ed25519', false, ['verify']);
  const good = await crypto.subtle.verify('Ed25519', key, raw(signature), new TextEncoder().encode(`${head}.${body}`));
  return good ? JSON.parse(text(body)) : null;
}

/** @param {string} part */
const raw = (part) => Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
/** @param {string} part */
const text = (part) => new TextDecoder().decode(raw(part));
