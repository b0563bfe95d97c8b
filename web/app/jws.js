// Reads a compact JWS (RFC 7515) and checks its EdDSA signature (RFC 8037) where
// this browser can.

const text = new TextDecoder();

function bytes(base64url) {
  const raw = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(raw, (c) => c.charCodeAt(0));
}

const json = (part) => JSON.parse(text.decode(bytes(part)));

// open gives {payload, kid}; it throws when the text is no JWS.
export function openJWS(jws) {
  const [head, body] = jws.split('.');
  return { payload: json(body), kid: json(head).kid };
}

// verifyJWS answers true, false, or null when it can't be told: a browser without
// Ed25519, a page without TLS, or a key that is not in the set.
export async function verifyJWS(jws, jwks) {
  const [head, body, signature] = jws.split('.');
  const { kid, alg } = json(head);
  if (alg !== 'EdDSA') return false;
  const jwk = jwks?.keys?.find((k) => k.kid === kid);
  if (!jwk || !globalThis.crypto?.subtle) return null;
  let key;
  try {
    key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, 'Ed25519', false, ['verify']);
  } catch {
    return null;
  }
  return crypto.subtle.verify('Ed25519', key, bytes(signature), new TextEncoder().encode(`${head}.${body}`));
}
