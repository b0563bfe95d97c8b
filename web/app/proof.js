// Shows with each request that it comes from this browser (RFC 9449): a key that can't be
// read out of it signs the address, the time and a nonce of the server. A token that
// somebody copied is worth nothing without it.

import { uuid7 } from './uuid.js';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

// makeKey gives a key that can be kept in IndexedDB and not be read, or null where the
// browser has none (an address without TLS).
export async function makeKey() {
  try {
    const pair = await crypto.subtle.generateKey(CURVE, false, ['sign']);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    return { sign: pair.privateKey, jwk: { kty, crv, x, y } };
  } catch {
    return null;
  }
}

let nonce; // the newest one that the server gave

// heard takes the nonce of an answer, and tells whether there was one.
export function heard(answer) {
  const given = answer.headers.get('DPoP-Nonce');
  nonce = given ?? nonce;
  return given !== null;
}

export async function proof(key, method, path, token) {
  const { origin, pathname } = new URL(path, location.href);
  const said = { jti: uuid7(), htm: method, htu: origin + pathname, iat: Math.floor(Date.now() / 1000), nonce };
  if (token) said.ath = base64url(await crypto.subtle.digest('SHA-256', bytes(token)));
  const text = [part({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk }), part(said)].join('.');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.sign, bytes(text));
  return [text, base64url(signature)].join('.');
}

const bytes = (text) => new TextEncoder().encode(text);
const part = (value) => base64url(bytes(JSON.stringify(value)));
const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
