// Whether the page may start anew, with newer files: not while something goes on that
// lives in this page alone.

import { storageState } from './db.js';

const holds = [];

// holdPageWhile keeps the page for as long as goesOn() answers yes.
export const holdPageWhile = (goesOn) => holds.push(goesOn);

export const mayRestart = () => storageState() === 'kept' && !holds.some((goesOn) => goesOn());
