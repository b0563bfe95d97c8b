// Ids that sort by time (RFC 9562, UUID version 7). The phone makes them, so that
// the same thing sent twice is still one thing.

import { safely } from './safely.js';

export function uuid7(now = Date.now()) {
  const bytes = random(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// Without the browser's own source of chance an id can still be made: a check-in must
// not wait for it.
const random = (bytes) => safely(() => crypto.getRandomValues(bytes)) ?? bytes.map(() => Math.random() * 256);
