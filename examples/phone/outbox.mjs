// Check-ins wait here until the server has them. Each has an id that this phone made before
// the first try: sent twice, it is one check-in.

import { NoAnswer, Problem, SignedOut } from './api.mjs';

/** @typedef {ReturnType<typeof import('./api.mjs').openApi>} Api @typedef {import('./api.mjs').Store} Store */

/** keep writes a check-in down. When it is done it may be called saved.
 * @param {Store} store @param {Api} api @param {Record<string, unknown>} answers by question id */
export async function keep(store, api, answers) {
  const { session } = await api.held();
  const form = await store.get('form'); // the one that was on the screen
  /** @type {import('../../client/typescript/handrail').CheckInBody} */
  const body = { id: uuid7(), formVersion: form?.version ?? 0, answers, answeredAt: new Date().toISOString(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  await store.put(`waits-${body.id}`, { account: session.accountId, path: `/v1/patients/${session.patientId}/check-ins`, body });
  return body.id;
}

/** sendAll sends what waits, oldest first, and stops at the first that has no answer. It gives
 * each answer, by id: `help` of an answer is shown first, before anything else.
 * @param {Store} store @param {Api} api */
export async function sendAll(store, api) {
  /** @type {Record<string, import('../../client/typescript/handrail').CheckInAnswer>} */
  const answers = {};
  const { session } = await api.held();
  for (const name of await store.names('waits-')) {
    const { account, path, body, refused } = await store.get(name);
    if (refused || account !== session.accountId) continue; // sent as who wrote it, and nobody else
    try {
      answers[body.id] = (await api.call('POST', path, { body })).data;
      await store.drop(name); // only now: the server has it for good
    } catch (problem) {
      if (problem instanceof SignedOut || problem instanceof NoAnswer) return answers;
      if (!(problem instanceof Problem)) throw problem;
      if (mayPass(problem)) return answers;
      await store.put(name, { account, path, body, refused: problem.code }); // and the person is told; it stays until they say
    }
  }
  return answers;
}

/** mayPass tells a refusal that another try can change.
 * @param {Problem} problem */
const mayPass = ({ status, code }) => status >= 500 || [400, 401, 408, 425, 429].includes(status) || !code;

/** uuid7 sorts by time (RFC 9562): the oldest is sent first. */
function uuid7() {
  const now = BigInt(Date.now()).toString(16).padStart(12, '0');
  const rest = crypto.randomUUID();
  return `${now.slice(0, 8)}-${now.slice(8)}-7${rest.slice(15)}`;
}
