// Finds in what somebody writes the phrases that help must be shown for, before anything
// is sent and with no network. models/phrases finds the same; the lists are in
// phraselist.js, which the program makes of them (web.go). A test holds the two together.

import { lists } from './phraselist.js';

// Letters that are written in more than one way.
const letters = { '\u0671': '\u0627', '\u0649': '\u064a', '\u06cc': '\u064a', '\u0629': '\u0647', '\u06a9': '\u0643' };

const UNREAD = /[\p{M}\p{Cf}\u0640\u0621'`\u2018\u2019\u02bc\u00b4]/gu;

export const words = (text) => text.normalize('NFKD').toLowerCase().replace(UNREAD, '')
  .replace(/[\u0671\u0649\u06cc\u0629\u06a9]/g, (r) => letters[r])
  .split(/[^\p{L}\p{Nd}]+/u).filter(Boolean);

const ready = lists.map(({ clitics = [], phrases }) => ({ clitics, phrases: phrases.map(words) }));

export function needsHelp(text) {
  const said = words(text);
  return ready.some(({ clitics, phrases }) => phrases.some((phrase) => said.some((first, at) =>
    (first === phrase[0] || clitics.some((c) => first === c + phrase[0])) && phrase.every((w, i) => i === 0 || said[at + i] === w))));
}
