// Whether the page may start anew, with newer files: not while something goes on that
// lives in this page alone.

import { storageState } from './db.js';
import { NoAnswer } from './http.js';

const holds = [];

// holdPageWhile keeps the page for as long as goesOn() answers yes.
export const holdPageWhile = (goesOn) => holds.push(goesOn);

export const mayRestart = () => storageState() === 'kept' && !holds.some((goesOn) => goesOn());

const PATIENCE = 5000; // milliseconds

// startAnew is for a file of this page that did not come. Where the clinic's computer
// answers it has newer ones: the page starts anew with them, once.
export async function startAnew(problem) {
  const answers = await fetch('/livez', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }).then((a) => a.ok, () => false);
  if (!answers) throw new NoAnswer();
  if (!mayRestart() || history.state?.anew) throw problem;
  history.replaceState({ anew: true }, ''); // outlives the start, in this tab alone
  location.reload();
  return new Promise(() => {});
}
