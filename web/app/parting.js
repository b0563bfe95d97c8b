// What an answer to this browser's tokens does to what it keeps. Pure: a test holds
// it against the server's own list, and a model runs the same rules 100,000 times.

// The ends that somebody meant for this device (models/sessionends.go).
export const WORDS = ['ended-by-owner', 'reported-lost', 'given-back', 'shared-device', 'person-erased'];

// parting is 'wipe' (forget the person), 'part' (signed out; the plan and what waits
// to be sent stay) or 'stay' (nothing happened: no network, a server in trouble,
// somebody in between who says no).
/** @param {string} role @param {any} [problem] */
export function parting(role, { status, code, wipe } = {}) {
  if (status !== 401) return 'stay';
  if (wipe === true && WORDS.includes(code)) return 'wipe';
  if (code === 'proof-not-valid' && role === 'patient') return 'part'; // and back when it holds again (askAgain)
  if (code !== 'sign-in-ended') return 'stay';
  return role === 'patient' ? 'part' : 'wipe'; // copies of others go with their right
}
