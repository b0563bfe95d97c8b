// Words as they are looked for: models/education/search does the same (words.go).

import { stemmers } from './stem.js';

const LEFT_OUT = /[\p{M}\p{Cf}\u0640'`\u2018\u2019\u02bc\u00b4]/gu;
const KEYBOARDS = { '\u0671': '\u0627', '\u06cc': '\u064a', '\u06a9': '\u0643' };
const ALIKE = { '\u0649': '\u064a', '\u0629': '\u0647', '\u0621': '' };

// words are the words of a text in small letters; accents stay, the stems of Spanish need
// them.
export const words = (text) => text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(LEFT_OUT, '')
  .replace(/[\u0671\u06cc\u06a9]/g, (c) => KEYBOARDS[c])
  .split(/[^\p{L}\p{Nd}]+/u).filter(Boolean);

// fold is a word without accents, and with one alef, ya and ha.
export const fold = (word) => word.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[\u0649\u0629\u0621]/g, (c) => ALIKE[c]);

const stem = (language, word) => fold(stemmers[language](word));

// terms are what a word is found by: its stem with and without its accents.
function terms(language, word) {
  const [one, two] = [stem(language, word), stem(language, fold(word))];
  return one === two || two === '' ? [one] : [one, two];
}

const inArabic = (word) => /[\u0600-\u06ff]/.test(word) && /\p{L}/u.test(word.match(/[\u0600-\u06ff]/gu).join(''));

// anyTerms are the terms of a word whose language nobody told: the script says which may be.
export function anyTerms(word) {
  if (inArabic(word)) return terms('ar', word);
  return [...new Set([...terms('en', word), ...terms('es', word)])].sort();
}

// near tells whether two words differ by one slip at most: a letter more, less, another
// one, or two that changed places.
export function near(a, b) {
  const [x, y] = a.length > b.length ? [b, a] : [a, b];
  if (y.length - x.length > 1) return false;
  let i = 0;
  while (i < x.length && x[i] === y[i]) i++;
  let j = 0;
  while (j < x.length - i && x[x.length - 1 - j] === y[y.length - 1 - j]) j++;
  if (x.length !== y.length) return i + j === x.length;
  const left = x.length - i - j;
  return left <= 1 || (left === 2 && x[i] === y[i + 1] && x[i + 1] === y[i]);
}
