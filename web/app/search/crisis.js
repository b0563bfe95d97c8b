// Words that help has to stand above what is found for: before anything is found, with no
// pack and no network. The program knows the same (models/education/search/crisis.go). The
// lists are in crisiswords.js, which the program makes.

import { needsHelp } from '../phrases.js';
import { anyTerms, fold, near, words } from './words.js';
import { list } from './crisiswords.js';

const SURE = 5; // letters of a word that counts with a slip or half written

const single = [];
const stems = new Set();
const phrases = new Map();
for (const entry of list) {
  const said = words(entry);
  const folded = said.map(fold);
  if (said.length > 1) {
    phrases.set(folded[0], [...(phrases.get(folded[0]) ?? []), folded.join(' ')]);
    continue;
  }
  single.push(folded[0]);
  anyTerms(said[0]).forEach((term) => stems.add(term));
}

const nearly = (word) => word.length >= SURE && single.some((w) => w.length >= SURE && (w.startsWith(word) || near(word, w)));

// withoutAnd is a word, and in Arabic without the "and" that is written onto it.
const withoutAnd = (word) => (word.length > 1 && word[0] === '\u0648' ? [word, word.slice(1)] : [word]);

export function crisis(typed) {
  if (needsHelp(typed)) return true;
  const said = words(typed);
  const folded = said.map(fold);
  return folded.some((word, i) => stems.has(word) || anyTerms(said[i]).some((term) => stems.has(term)) || nearly(word)
    || withoutAnd(word).some((first) => {
      const rest = `${[first, ...folded.slice(i + 1)].join(' ')} `;
      return (phrases.get(first) ?? []).some((p) => rest.startsWith(`${p} `));
    }));
}
