// Calls of the API by the person who is signed in: a proof by the phone's own key with each
// (DPoP, RFC 9449), tokens that are changed in time, and what an answer does to what is kept.

/**
 * @typedef {import('../../client/typescript/handrail').SignedInView} SignedIn
 * @typedef {import('../../client/typescript/handrail').Problem} ProblemBody
 * @typedef {{ put(name: string, value: unknown): Promise<void>, get(name: string): Promise<any>, drop(name: string): Promise<void>, names(start: string): Promise<string[]> }} Store
 * @typedef {{ private: JsonWebKey, public: JsonWebKey }} Key
 * @typedef {SignedIn & { key: Key, gotAt: number }} Held
 * @typedef {{ body?: unknown, token?: string, key?: Key, known?: string }} Options
 */

const PATIENCE = 15_000; // milliseconds
const EARLY = 30_000; // milliseconds before its end at which a token is changed
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

// Ends that somebody meant for this phone; every other 401 leaves a patient's plan alone.
const WORDS = ['ended-by-owner', 'reported-lost', 'given-back', 'shared-device', 'person-erased'];

/** The server said no (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status @param {Partial<ProblemBody>} body */
  constructor(status, body) {
    super(`${status} ${body.code ?? ''}`);
    this.status = status;
    this.code = body.code ?? ''; // without one it is not from the clinic's server
    this.wipe = body.wipe === true;
  }
}

/** No network, or no server: nothing is known, try again. */
export class NoAnswer extends Error {}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

/** @param {Store} store @param {string} base address of the clinic */
export function openApi(store, base) {
  let nonce = ''; // the newest one that the server gave; it carries the server's time

  /** @param {string} method @param {string} path @param {Options} options */
  async function send(method, path, { body, token, key, known }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/json, application/problem+json, application/jose' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (known) headers['If-None-Match'] = known;
    if (token) headers.Authorization = `${key ? 'DPoP' : 'Bearer'} ${token}`;
    if (key) headers.DPoP = await proof(key, method, new URL(path, base), nonce, token);
    try {
      const answer = await fetch(new URL(path, base), { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
      nonce = answer.headers.get('DPoP-Nonce') ?? nonce;
      return { answer, text: await answer.text() };
    } catch {
      throw new NoAnswer();
    }
  }

  /** ask is one request; it is sent again where the server wanted its nonce in the proof.
   * @param {string} method @param {string} path @param {Options} [options] */
  async function ask(method, path, options = {}) {
    for (let left = options.key ? 2 : 0; ; left -= 1) {
      const { answer, text } = await send(method, path, options);
      if (answer.status === 401 && left > 0 && /use_dpop_nonce/.test(answer.headers.get('WWW-Authenticate') ?? '')) continue;
      const data = /json/.test(answer.headers.get('Content-Type') ?? '') && text ? JSON.parse(text) : text;
      if (!answer.ok && answer.status !== 304) throw new Problem(answer.status, typeof data === 'object' ? data : {});
      return { status: answer.status, data, etag: answer.headers.get('ETag') ?? '' };
    }
  }

  /** enrol signs in with a code of the office. Key and device are kept first: when the answer is
   * lost, the same code works again with them.
   * @param {string} code @param {string} name what the person calls this phone */
  async function enrol(code, name) {
    const begun = (await store.get('begun')) ?? { key: await makeKey(), device: { id: crypto.randomUUID(), name, platform: 'ios' } };
    await store.put('begun', begun);
    const { data } = await ask('POST', '/v1/auth/enrol', { body: { code, device: begun.device }, key: begun.key });
    await store.put('sign-in', { ...data, key: begun.key, gotAt: Date.now() });
    await store.drop('begun');
    return /** @type {SignedIn} */ (data);
  }

  /** @returns {Promise<Held>} */
  async function held() {
    const signIn = await store.get('sign-in');
    if (!signIn) throw new SignedOut();
    return signIn;
  }

  /** fresh is a sign-in whose token holds. When the answer to a refresh is lost the same refresh
   * token gives the same next one, however late.
   * @param {string} [refused] a token that the server did not take */
  async function fresh(refused) {
    const now = await held();
    if (now.accessToken !== refused && now.gotAt + now.expiresIn * 1000 - EARLY > Date.now()) return now;
    try {
      const { data } = await ask('POST', '/v1/auth/refresh', { body: { refreshToken: now.refreshToken }, key: now.key });
      const next = /** @type {Held} */ ({ ...data, key: now.key, gotAt: Date.now() });
      await store.put('sign-in', next);
      return next;
    } catch (problem) {
      throw await heed(problem);
    }
  }

  /** heed does what a refusal asks of this phone, and gives what to throw. Signed out, the plan
   * and what waits stay; only a word that somebody meant for this phone empties it.
   * @param {unknown} problem */
  async function heed(problem) {
    if (!(problem instanceof Problem) || problem.status !== 401) return problem;
    if (problem.wipe && WORDS.includes(problem.code)) {
      for (const name of await store.names('')) await store.drop(name);
      return new SignedOut();
    }
    if (problem.code !== 'sign-in-ended') return problem;
    await store.drop('sign-in');
    return new SignedOut();
  }

  /** call is ask as the person who is signed in.
   * @param {string} method @param {string} path @param {Options} [options] */
  async function call(method, path, options = {}) {
    const own = await fresh();
    try {
      return await ask(method, path, { ...options, token: own.accessToken, key: own.key });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
      if (problem.wipe) throw await heed(problem);
      const next = await fresh(own.accessToken);
      return ask(method, path, { ...options, token: next.accessToken, key: next.key });
    }
  }

  /** clinicNow is the time at the clinic, in milliseconds: this phone's own clock may be wrong. */
  async function clinicNow() {
    const { expiresAt, expiresIn, gotAt } = await held();
    return Date.now() + Date.parse(expiresAt) - expiresIn * 1000 - gotAt;
  }

  return { ask, call, enrol, held, heed, clinicNow };
}

/** @returns {Promise<Key>} */
async function makeKey() {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  return { private: await crypto.subtle.exportKey('jwk', pair.privateKey), public: await crypto.subtle.exportKey('jwk', pair.publicKey) };
}

/** @param {Key} key @param {string} method @param {URL} url @param {string} nonce @param {string} [token] */
async function proof(key, method, url, nonce, token) {
  const { kty, crv, x, y } = key.public;
  const said = { jti: crypto.randomUUID(), htm: method, htu: url.origin + url.pathname, iat: Math.floor(Date.now() / 1000), nonce: nonce || undefined,
    ath: token && base64url(await crypto.subtle.digest('SHA-256', bytes(token))) };
  const text = [{ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }, said].map((part) => base64url(bytes(JSON.stringify(part)))).join('.');
  const sign = await crypto.subtle.importKey('jwk', key.private, CURVE, false, ['sign']);
  return `${text}.${base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign, bytes(text)))}`;
}

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);
/** @param {ArrayBuffer | Uint8Array} buffer */
const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
