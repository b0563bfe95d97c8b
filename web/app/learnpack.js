// The pack of pages that this phone keeps, so that they open with no network. It is the same
// for everybody and stays when somebody signs out. A newer one comes piece by piece and is
// switched in one step, when all of it is here: until then, and after a failure or a kill, the
// old one stays, and the next try goes on at the byte where this one was cut.

import { drop, get, namesUnder, put } from './db.js';
import { ask, bytesOf, joined, NoAnswer } from './http.js';
import { checkSigned } from './keptplan.js';
import { openJWS } from './jws.js';
import { exclusively } from './lock.js';
import { language } from './texts.js';
import { tell } from './bus.js';

const PIECE = 32 << 10; // bytes that are asked for at once: on a slow network each comes in time
const MOST = 8 << 20; // bytes of a whole pack; ours has a quarter of that at most
const MANIFEST = 1 << 20; // bytes of a signed list of what a pack has; ours has a sixteenth of that at most
const TIMEOUT = 30_000; // milliseconds for a piece
const PART = 'learn-part:';

// refreshPack brings the pack up to date. The first one comes at once. Of a newer one the
// difference is kept first ('learn-next'), for the screen to show; it is fetched the next time
// after it was shown, or with now. Words that were withdrawn as dangerous go at once.
export const refreshPack = (now = false) => exclusively('learn-pack', async () => {
  const wanted = language();
  let kept = await get('learn-pack');
  const answer = await ask('GET', `/v1/education/packs/${wanted}`, { known: kept?.language === wanted ? kept.tag : undefined, most: MANIFEST });
  if (answer.status === 304) {
    await clear();
    return kept;
  }
  const manifest = openJWS(answer.data).payload;
  if (!(await isOurs(answer.data)) || sizeOf(manifest) > MOST) throw new NoAnswer();
  if (kept?.language === wanted) {
    kept = await withoutWithdrawn(kept, manifest);
    const [next, is] = [await get('learn-next'), difference(kept, manifest)];
    if (!now && !(next?.tag === answer.etag && next.shown) && is.fresh.length + is.changed.length + is.gone.length > 0) {
      await put('learn-next', { tag: answer.etag, ...is, shown: false });
      tell('learn');
      return kept;
    }
  }
  return fetchPack(kept, { language: wanted, tag: answer.etag, manifest });
});

const piecesOf = (manifest) => [...manifest.files, ...(manifest.index ? [manifest.index] : [])];
const sizeOf = (manifest) => piecesOf(manifest).reduce((sum, f) => sum + f.bytes, 0);

// difference is what a newer pack has: titles of pages that are new, changed or gone, and
// how many bytes are to be fetched.
export function difference(kept, manifest) {
  const before = new Map(kept.manifest.files.map((f) => [f.module, f]));
  const after = new Set(manifest.files.map((f) => f.module));
  const titles = (files) => files.map((f) => f.title);
  return {
    fresh: titles(manifest.files.filter((f) => !before.has(f.module))),
    changed: titles(manifest.files.filter((f) => before.has(f.module) && before.get(f.module).name !== f.name)),
    gone: titles(kept.manifest.files.filter((f) => !after.has(f.module))),
    bytes: piecesOf(manifest).filter((f) => kept.files[f.name] === undefined).reduce((sum, f) => sum + f.bytes, 0),
  };
}

// newer is the difference that waits to be shown; undefined for none. noteShown says that a
// person has seen it.
export const newer = () => get('learn-next');

export async function noteShown() {
  const next = await newer();
  if (next && !next.shown) await put('learn-next', { ...next, shown: true });
}

// A pack is ours when a key of the site signed it. A browser that can't check a signature
// takes one that names such a key.
async function isOurs(jws) {
  const is = await checkSigned(jws);
  return is ?? Boolean((await get('jwks'))?.keys?.some((k) => k.kid === openJWS(jws).kid));
}

async function withoutWithdrawn(kept, manifest) {
  const bad = new Set(manifest.withdrawn);
  const files = kept.manifest.files.filter((f) => !bad.has(JSON.parse(kept.files[f.name]).fingerprint));
  if (files.length === kept.manifest.files.length) return kept;
  const less = { ...kept, tag: '', manifest: { ...kept.manifest, files } };
  await put('learn-pack', less);
  return less;
}

async function fetchPack(kept, next) {
  const files = {};
  for (const file of piecesOf(next.manifest)) files[file.name] = kept?.files[file.name] ?? (await fetchFile(file));
  const whole = { ...next, files };
  await put('learn-pack', whole);
  await clear();
  tell('learn');
  return whole;
}

// clear drops what was on the way to the pack that is here now; a kill may have kept some.
async function clear() {
  if (await get('learn-next')) await drop('learn-next');
  for (const name of await namesUnder(PART)) await drop(name);
}

// fetchFile takes a file up where it was cut, and holds it against its name.
async function fetchFile({ name, bytes }) {
  let has = (await get(PART + name)) ?? new Uint8Array();
  while (has.length < bytes) {
    has = joined(has, await piece(name, has.length, Math.min(PIECE, bytes - has.length)));
    await put(PART + name, has);
  }
  if (has.length === bytes && (await fits(has, name))) return new TextDecoder().decode(has);
  await drop(PART + name); // what is kept of it is no good
  throw new NoAnswer();
}

// piece is some bytes of a file, at most so many: an answer that does not end is let go.
async function piece(name, from, count) {
  try {
    const answer = await fetch(`/v1/education/files/${name}`, { headers: { Range: `bytes=${from}-${from + count - 1}` }, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT) });
    if (answer.status !== 206 || !answer.body) throw new NoAnswer();
    const out = await bytesOf(answer, count);
    if (out.length === 0) throw new NoAnswer();
    return out;
  } catch {
    throw new NoAnswer();
  }
}

// fits holds bytes against their name, where this browser can (not without TLS).
async function fits(bytes, name) {
  if (!globalThis.crypto?.subtle) return true;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...sum)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') === name;
}
