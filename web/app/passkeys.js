// Passkeys: what the browser and the clinic's computer say to each other about them
// (WebAuthn Level 3). All that is here can be missing in a browser.

import { ask } from './http.js';
import { safely } from './safely.js';

// A passkey belongs to a name: browsers make none at a number.
export const passkeysWork = () => Boolean(globalThis.PublicKeyCredential && navigator.credentials)
  && !/^[\d.]+$|:/.test(location.hostname);

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => (buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : undefined);
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

// answer asks the phone for a passkey. options: signal, mediation.
export async function answer({ publicKey }, options) {
  const key = await navigator.credentials.get({ ...options, publicKey: { ...publicKey,
    challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) } });
  const said = key?.response;
  return { id: key?.id, clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData),
    signature: text(said.signature), userHandle: text(said.userHandle) };
}

// make has the phone make one.
export async function make({ publicKey }, options) {
  const key = await navigator.credentials.create({ ...options, publicKey: { ...publicKey,
    challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: named(publicKey.excludeCredentials) } });
  const said = key?.response;
  return { id: key?.id, clientDataJSON: text(said.clientDataJSON), attestationObject: text(said.attestationObject),
    transports: safely(() => said.getTransports(), []) };
}

export const askForSignIn = async (verified) => (await ask('POST', '/v1/auth/passkey/options', { body: { verified } })).data;

// tidy tells password managers which passkeys stand, so that they offer no other. gone:
// one that was taken off just now.
export async function tidy(signal, gone) {
  if (!signal) return;
  const known = /** @type {any} */ (PublicKeyCredential); // newer than what tsc knows of it
  try {
    if (gone) await known.signalUnknownCredential?.({ rpId: signal.rpId, credentialId: gone });
    await known.signalAllAcceptedCredentials?.(signal);
  } catch {
    // the browser knows better
  }
}

// canOffer tells whether the browser shows passkeys while somebody looks at the screen.
export const canOffer = async () => passkeysWork()
  && Boolean(await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false));
