// One HTTP request. It ends in an answer, a Problem (the server said no, RFC 9457)
// or NoAnswer (no network, no server).

import { language } from './texts.js';
import { heard, proof } from './proof.js';

const TIMEOUT = 15_000; // milliseconds

export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} body */
  constructor(status, body) {
    super(body.code ?? String(status));
    this.status = status;
    this.code = body.code ?? '';
    this.wipe = body.wipe ?? false;
    this.detail = body.detail ?? '';
    this.fields = body.errors ?? [];
    this.ways = body.ways ?? [];
    this.conflicts = body.conflicts ?? [];
    this.alternatives = body.alternatives ?? [];
    this.checked = body.checked ?? null;
  }
}

export class NoAnswer extends Error {}

// ask answers {status, data, etag}. etag goes out as If-Match; known as
// If-None-Match, and then the status can be 304. key: what this browser shows to be itself.
// A server that wants another proof is asked again, as nothing was done yet.
// cookies: this call takes and sends them. most: bytes of an answer; a longer one is let go.
/** @param {string} method @param {string} path
 * @param {{ body?: unknown, etag?: string, known?: string, token?: string, key?: any, cookies?: boolean, most?: number }} [options] */
export async function ask(method, path, options = {}) {
  for (let left = options.key ? 2 : 0; ; left -= 1) {
    const answer = await send(method, path, options);
    if (!(heard(answer) && answer.status === 401 && /use_dpop_nonce/.test(answer.headers.get('WWW-Authenticate') ?? '') && left > 0)) return open(answer, options.most);
  }
}

/** @param {string} method @param {string} path @param {any} options */
async function send(method, path, { body, etag, known, token, key, cookies }) {
  const headers = { Accept: 'application/json, application/problem+json, application/jose', 'Accept-Language': language() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (etag) headers['If-Match'] = etag;
  if (known) headers['If-None-Match'] = known;
  if (token) headers.Authorization = `${key ? 'DPoP' : 'Bearer'} ${token}`;
  if (key) headers.DPoP = await proof(key, method, path, token);
  try {
    return await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store', credentials: cookies ? 'same-origin' : 'omit', signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new NoAnswer();
  }
}

/** @param {Response} answer @param {number} [most] */
async function open(answer, most) {
  const type = answer.headers.get('Content-Type') ?? '';
  let data = null;
  try {
    const text = answer.status === 304 ? '' : most ? new TextDecoder().decode(await bytesOf(answer, most)) : await answer.text();
    data = /json/.test(type) && text ? JSON.parse(text) : text;
  } catch {
    throw new NoAnswer();
  }
  if (!answer.ok && answer.status !== 304) throw new Problem(answer.status, data || {});
  return { status: answer.status, data, etag: plainTag(answer.headers.get('ETag') ?? '') };
}

// bytesOf reads an answer to its end, most bytes of it: one that goes on is let go.
/** @param {Response} answer @param {number} most */
export async function bytesOf(answer, most) {
  let out = new Uint8Array();
  for (const reader = answer.body?.getReader(); reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    out = joined(out, value);
    if (out.length > most) {
      await reader.cancel();
      throw new NoAnswer();
    }
  }
  return out;
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export function joined(a, b) {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

// plainTag is a tag as the server made it: programs in between that compress call it
// weak, or put a word for it at its end.
export const plainTag = (tag) => tag.replace(/^W\//, '').replace(/([-;:+.]{1,2}(?:x-)?(?:gzip|br|zstd|deflate))+"$/, '"');
