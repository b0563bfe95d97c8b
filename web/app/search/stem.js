// Stems of English, Spanish and Arabic words, as the program makes them
// (models/education/search): a port of our own of the algorithms of the Snowball project
// (snowballstem.org, BSD-3-Clause) as of the version that the program uses. Both read the
// same vectors in their tests. Words are in small letters, without marks and apostrophes.

import { arabic } from './arabic.js';
import { spanish } from './spanish.js';

const VOWEL = /[aeiouy]/;
const vowel = (c) => c !== undefined && VOWEL.test(c);

const fixed = { skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli', singly: 'singl' };
for (const same of ['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes']) fixed[same] = same;
const kept = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);

const step2 = { tional: 'tion', enci: 'ence', anci: 'ance', abli: 'able', entli: 'ent', izer: 'ize', ization: 'ize', ational: 'ate', ation: 'ate', ator: 'ate', alism: 'al', aliti: 'al', alli: 'al',
  fulness: 'ful', ousli: 'ous', ousness: 'ous', iveness: 'ive', iviti: 'ive', biliti: 'ble', bli: 'ble', ogi: 'og', fulli: 'ful', lessli: 'less', li: '' };
const step3 = { tional: 'tion', ational: 'ate', alize: 'al', icate: 'ic', iciti: 'ic', ical: 'ic', ful: '', ness: '', ative: '' };
const step4 = Object.fromEntries('al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ism|ate|iti|ous|ive|ize|ion'.split('|').map((s) => [s, '']));

// longest is the longest ending of a word in a table; undefined for none.
function longest(word, table) {
  for (let from = Math.max(0, word.length - 7); from < word.length; from++) {
    const end = word.slice(from);
    if (Object.hasOwn(table, end)) return end;
  }
  return undefined;
}

const short = (w) => (w.length === 2 ? vowel(w[0]) && !vowel(w[1]) : !vowel(w.at(-1)) && !'wxY'.includes(w.at(-1)) && vowel(w.at(-2)) && w.length > 2 && !vowel(w.at(-3)));

function english(word) {
  if (Object.hasOwn(fixed, word)) return fixed[word];
  if (word.length < 3) return word;
  let w = marked(word);
  const p1 = /^(gener|commun|arsen)/.exec(w)?.[0].length ?? after(w, 0);
  const p2 = after(w, p1);
  w = step1a(w);
  if (!kept.has(w)) {
    w = step1b(w, p1);
    if (/^.+[^aeiouy][yY]$/.test(w)) w = `${w.slice(0, -1)}i`;
    w = swap(w, step2, p1, (end, left) => (end === 'ogi' ? left.endsWith('l') : end !== 'li' || /[cdeghkmnrt]$/.test(left)));
    w = swap(w, step3, p1, (end, left) => end !== 'ative' || left.length >= p2);
    w = swap(w, step4, p2, (end, left) => end !== 'ion' || /[st]$/.test(left));
    const left = w.slice(0, -1);
    if (w.endsWith('e') && (left.length >= p2 || (left.length >= p1 && !short(left)))) w = left;
    else if (w.endsWith('ll') && left.length >= p2) w = left;
  }
  return w.replaceAll('Y', 'y');
}

// marked writes a y that is a consonant as Y.
function marked(word) {
  const w = [...word];
  if (w[0] === 'y') w[0] = 'Y';
  for (let i = 1; i < w.length; i++) if (w[i] === 'y' && vowel(w[i - 1])) w[i] = 'Y';
  return w.join('');
}

// after is the place after the first consonant that follows a vowel.
function after(w, from) {
  const found = /[aeiouy][^aeiouy]/.exec(w.slice(from));
  return found ? from + found.index + 2 : w.length;
}

function step1a(w) {
  if (w.endsWith('sses')) return w.slice(0, -2);
  if (/ie[ds]$/.test(w)) return w.slice(0, w.length > 4 ? -2 : -1);
  return /[^us]s$/.test(w) && VOWEL.test(w.slice(0, -2)) ? w.slice(0, -1) : w;
}

function step1b(w, p1) {
  const end = /(eedly|ingly|edly|eed|ing|ed)$/.exec(w)?.[0];
  if (!end) return w;
  const left = w.slice(0, -end.length);
  if (end.startsWith('eed')) return left.length >= p1 ? `${left}ee` : w;
  if (!VOWEL.test(left)) return w;
  if (/(at|bl|iz)$/.test(left)) return `${left}e`;
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(left)) return left.slice(0, -1);
  return left.length === p1 && short(left) ? `${left}e` : left;
}

function swap(w, table, region, fits) {
  const end = longest(w, table);
  if (!end) return w;
  const left = w.slice(0, -end.length);
  return left.length >= region && fits(end, left) ? left + table[end] : w;
}

export const stemmers = { en: english, es: spanish, ar: arabic };
