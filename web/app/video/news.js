// What happens to the person's own devices, said at once and in words.

import { say } from '../frame.js';
import { has, t } from '../texts.js';
import { own } from './own.js';

const words = ({ kind, what }) => [`device.${kind}.${what}`, `check.${kind}.${what}`].find(has);

let tells = false;

// tellNews says it from now on, whatever screen is shown.
export function tellNews() {
  if (tells) return;
  tells = true;
  own.addEventListener('news', (/** @type {any} */ { detail }) => words(detail) && say(t(words(detail))));
}
