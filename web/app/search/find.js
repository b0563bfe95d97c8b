// Finds pages in the index that came with the pack, with no network. The program finds the
// same (models/education/search/find.go), and a test holds the two together.

import { anyTerms, fold, near, words } from './words.js';

const MAX_WORDS = 24;
const SHORTEST = 3; // letters of half a word
const SURE = 5; // letters of a word with a slip
const HALF_WORD = 70; // percent
const SLIP = 60; // percent
const MAX_HALF = 40; // words that a half one may mean
const LONG_PHRASE = 3; // words
const LAST = 3; // letters that lead to the words that end with them

// ready makes what a search needs of an index, once.
export function ready(index) {
  const ends = new Map();
  index.terms.forEach((term, n) => {
    if (term.includes(' ')) return;
    const end = term.slice(-LAST);
    if (ends.has(end)) ends.get(end).push(n);
    else ends.set(end, [n]);
  });
  // What each search counts in, all zero between two: a slow phone must not make and clear it anew.
  return { ...index, ends, passed: new Set(index.stop), scores: new Int32Array(index.docs.length), best: new Int32Array(index.docs.length) };
}

// from is the place of a term in the list, or where it would stand. Letters are compared by
// their numbers, as the program does.
function from(ix, term) {
  let [low, high] = [0, ix.terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ix.terms[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

const place = (ix, term) => {
  const at = from(ix, term);
  return ix.terms[at] === term ? at : -1;
};

// find gives [{ id, score, why: [{ typed, found }] }], the best first.
export function find(ix, typed, limit) {
  const asked = [];
  const touched = []; // pages for which something speaks
  for (const part of parts(ix, words(typed).slice(0, MAX_WORDS))) {
    if (asked.some((a) => a.typed === part.typed)) continue;
    asked.push(part);
    score(ix, part, touched);
  }
  const out = first(ix, touched, limit).map((n) => ({ id: ix.docs[n], score: ix.scores[n], why: why(ix, asked, n) }));
  for (const n of touched) ix.scores[n] = 0;
  return out;
}

// first are the pages with the highest scores.
function first({ docs, scores }, touched, limit) {
  const before = (a, b) => scores[a] > scores[b] || (scores[a] === scores[b] && docs[a] < docs[b]);
  const out = [];
  for (const n of touched) {
    if (out.length === limit && !before(n, out[limit - 1])) continue;
    let at = out.length;
    while (at > 0 && before(n, out[at - 1])) at--;
    out.splice(at, 0, n);
    if (out.length > limit) out.pop();
  }
  return out;
}

function parts(ix, list) {
  const folded = list.map(fold);
  const together = [];
  for (let n = LONG_PHRASE; n > 1; n--) {
    for (let i = 0; i + n <= list.length; i++) {
      const at = place(ix, folded.slice(i, i + n).join(' '));
      if (at >= 0) together.push({ typed: list.slice(i, i + n).join(' '), matches: [[at, 100]] });
    }
  }
  const single = (i) => ({ typed: list[i], matches: matches(ix, list[i], folded[i]) });
  const some = [...list.keys()].filter((i) => !ix.passed.has(folded[i])).map(single);
  if (some.length > 0 || together.length > 0) return [...together, ...some];
  return [...list.keys()].map(single);
}

// matches are the terms that a word may mean: itself; else those that begin with it or
// differ by a slip.
function matches(ix, word, folded) {
  const terms = anyTerms(word);
  const whole = terms.map((term) => place(ix, term)).filter((at) => at >= 0);
  if (whole.length > 0) return whole.map((at) => [at, 100]);
  const out = [];
  if (folded.length >= SHORTEST) {
    const first = from(ix, folded);
    for (let at = first; at < first + MAX_HALF && ix.terms[at]?.startsWith(folded); at++) out.push([at, HALF_WORD]);
  }
  if (folded.length >= SURE) for (const term of terms) slips(ix, term, out);
  return out;
}

// slips adds the terms that differ from a stem by one slip. One half of the two is the
// same then, or the two letters in the middle changed places.
function slips(ix, stem, out) {
  const n = stem.length;
  if (n < SURE - 1) return;
  const middle = n >> 1;
  const begin = stem.slice(0, middle);
  for (let at = from(ix, begin); ix.terms[at]?.startsWith(begin); at++) if (near(stem, ix.terms[at])) out.push([at, SLIP]);
  for (const at of ix.ends.get(stem.slice(-Math.min(LAST, n - middle))) ?? []) if (near(stem, ix.terms[at])) out.push([at, SLIP]);
  const swapped = place(ix, stem.slice(0, middle - 1) + stem[middle] + stem[middle - 1] + stem.slice(middle + 1));
  if (swapped >= 0) out.push([swapped, SLIP]);
}

// score adds to each page the most that a part says for it, and to touched the pages that
// had nothing before.
function score(ix, part, touched) {
  const { scores, best } = ix;
  const now = [];
  for (const [term, percent] of part.matches) {
    const at = ix.at[term];
    for (let i = 0; i + 1 < at.length; i += 2) {
      const n = at[i];
      const says = Math.trunc((at[i + 1] * percent) / 100);
      if (says > best[n]) {
        if (best[n] === 0) now.push(n);
        best[n] = says;
      }
    }
  }
  for (const n of now) {
    if (scores[n] === 0) touched.push(n);
    scores[n] += best[n];
    best[n] = 0;
  }
}

// why are the words that speak for a page.
function why(ix, asked, doc) {
  const out = [];
  for (const part of asked) {
    let [found, most] = [0, 0];
    for (const [term, percent] of part.matches) {
      const says = Math.trunc((weight(ix.at[term], doc) * percent) / 100);
      if (says > most) [found, most] = [term, says];
    }
    if (most > 0) out.push({ typed: part.typed, found: ix.forms[found] || ix.terms[found] });
  }
  return out;
}

// weight is what a term says for a page.
function weight(at, doc) {
  let [low, high] = [0, at.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[2 * middle] < doc) low = middle + 1;
    else high = middle;
  }
  return at[2 * low] === doc ? at[2 * low + 1] : 0;
}
