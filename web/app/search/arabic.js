// The stem of an Arabic word; see stem.js. Each step is an ending or a beginning with the
// length that the word must have; a step that does not fit leaves the word.

const ends = (words, least) => words.split('|').map((w) => [w, least]);
const table = (...groups) => groups.flat().sort((a, b) => b[0].length - a[0].length);

const nounStep1a = table(ends('ك|ه|ي', 4), ends('كم|هم|هن|نا|ها', 5), ends('كما|هما', 6));
const nounStep1b = table(ends('ن', 6));
const nounStep2a = table(ends('و|ي|ا', 5));
const nounStep2b = table(ends('ات', 5));
const nounStep2c1 = table(ends('ت', 4));
const nounStep2c2 = table(ends('ة', 4));
const nounStep3 = table(ends('ي', 3));
const verbStep1 = table(ends('ك|ه', 4), ends('كم|هم|كن|هن|ني|نا|ها', 5), ends('كمو|كما|هما', 6));
const verbStep2a = table(ends('ت|ن|ي|ا', 4), ends('تن|نا|تا', 5), ends('ون|ين|ان', 6), ends('تما', 6));
const verbStep2b = table(ends('تم|وا', 5));
const verbStep2c = table(ends('و', 4), ends('تمو', 6));

// less is the word without an ending of the table; null where none fits.
function less(w, endings) {
  const found = endings.find(([end]) => w.endsWith(end));
  return found && w.length >= found[1] ? w.slice(0, -found[0].length) : null;
}

const DIGIT = /[٠-٩]/g;

export function arabic(word) {
  const defined = /^(بال|كال)/.test(word) ? word.length > 4 : /^(ال|لل)/.test(word) && word.length > 3;
  let w = word.replace(DIGIT, (d) => String.fromCharCode(d.charCodeAt(0) - 0x630));
  const verb = !defined; // both until the article says that it is a noun
  w = (verb ? verbEnd(w) : null) ?? nounEnd(w, defined);
  w = withoutPrefix(w, verb);
  w = w.replace(/[آأؤإئ]$/, 'ء');
  return w.replace(/[آأإ]/g, 'ا').replaceAll('ؤ', 'و').replaceAll('ئ', 'ي');
}

// verbEnd takes pronouns and what stands before them; null where there is no such ending.
function verbEnd(from) {
  let w = from;
  for (let next = less(w, verbStep1); next !== null; next = less(w, verbStep1)) w = next;
  if (w !== from) return less(w, verbStep2a) ?? less(w, verbStep2c) ?? w;
  return less(w, verbStep2b) ?? less(w, verbStep2a);
}

// nounEnd takes the endings of a noun. What one step took stays away, also where the next
// does not fit.
function nounEnd(from, defined) {
  const w = nounBefore(from, defined) ?? from;
  return less(w, nounStep3) ?? (w.endsWith('ى') ? `${w.slice(0, -1)}ي` : w);
}

function nounBefore(w, defined) {
  const one = less(w, nounStep2c2);
  if (one !== null) return one;
  if (!defined) {
    const two = less(w, nounStep1a);
    if (two !== null) return less(two, nounStep2a) ?? less(two, nounStep2b) ?? less(two, nounStep2c1) ?? two;
  }
  const three = less(w, nounStep1b);
  if (three !== null) {
    const four = less(three, nounStep2a) ?? less(three, nounStep2b) ?? less(three, nounStep2c1);
    if (four !== null) return four;
    w = three;
  }
  return (defined ? null : less(w, nounStep2a)) ?? less(w, nounStep2b) ?? (three === null ? null : w);
}

// Beginnings: the word, and the place that the next step looks at.
function withoutPrefix(from, verb) {
  let [w, at] = [from, 0];
  const swap = (begin, to, least) => {
    if (!w.startsWith(begin, at) || w.length < least) return false;
    w = w.slice(0, at) + to + w.slice(at + begin.length);
    at += to.length;
    return true;
  };
  const first = [['أآ', 'آ'], ['أأ', 'أ'], ['أؤ', 'أ'], ['أإ', 'إ'], ['أا', 'ا']].find(([b]) => w.startsWith(b));
  if (first) swap(first[0], first[1], 4);
  if (!w.startsWith('فا', at) && !w.startsWith('وا', at)) swap('ف', '', 4) || swap('و', '', 4);
  const article = ['بال', 'كال', 'ال', 'لل'].find((b) => w.startsWith(b, at));
  if (article && swap(article, '', article.length === 3 ? 6 : 5)) return w;
  if (!w.startsWith('با', at)) {
    const double = ['بب', 'كك'].find((b) => w.startsWith(b, at));
    if (double ? swap(double, double[0], 4) : swap('ب', '', 4)) return w;
  }
  if (!verb) return w;
  const future = ['سأ', 'ست', 'سن', 'سي'].find((b) => w.startsWith(b, at));
  if (future) swap(future, future[1], 5);
  const ask = ['تست', 'نست', 'يست'].find((b) => w.startsWith(b, at));
  if (ask) swap(ask, 'است', 5);
  return w;
}
