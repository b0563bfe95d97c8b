// The stem of a Spanish word; see stem.js.

const V = 'aeiouáéíóúü';
const regionV = new RegExp(`^(?:[${V}][^${V}]+[${V}]|[${V}]{2,}[^${V}]|[^${V}]{2,}[${V}]|[^${V}][${V}].)`);
const after = new RegExp(`[${V}][^${V}]`);

const byLength = (a, b) => b.length - a.length;
const list = (words) => words.split('|').sort(byLength);
const pronouns = list('me|se|sela|selo|selas|selos|la|le|lo|las|les|los|nos');
const beforePronoun = list('iéndo|ándo|ár|ér|ír|ando|iendo|ar|er|ir|yendo');
const plain = list('anza|anzas|ico|ica|icos|icas|ismo|ismos|able|ables|ible|ibles|ista|istas|oso|osa|osos|osas|amiento|amientos|imiento|imientos');
const withIc = list('adora|ador|ación|adoras|adores|aciones|ante|antes|ancia|ancias');
const standard = [...plain, ...withIc, ...list('logía|logías|ución|uciones|encia|encias|amente|mente|idad|idades|iva|ivo|ivas|ivos')].sort(byLength);
const yEndings = list('ya|ye|yan|yen|yeron|yendo|yo|yó|yas|yes|yais|yamos');
const soft = list('en|es|éis|emos');
const future = ['ar', 'er', 'ir'].flatMap((r) => ['ían', 'ías', 'án', 'ás', 'íais', 'ía', 'éis', 'íamos', 'emos', 'á', 'é'].map((e) => r + e));
const verbs = [...soft, ...future, ...list('aba|ada|ida|ía|ara|iera|ad|ed|id|ase|iese|aste|iste|an|aban|ían|aran|ieran|asen|iesen|aron|ieron|ado|ido|ando|iendo|ió|ar|er'),
  ...list('ir|as|abas|adas|idas|ías|aras|ieras|ases|ieses|ís|áis|abais|íais|arais|ierais|aseis|ieseis|asteis|isteis|ados|idos|amos|ábamos|íamos|imos|áramos|iéramos|iésemos|ásemos')].sort(byLength);
const residual = list('os|a|o|á|í|ó|e|é');

const endOf = (w, endings, from = 0) => endings.find((e) => w.endsWith(e) && w.length - e.length >= from);

export function spanish(word) {
  let w = word;
  const pV = regionV.exec(w)?.[0].length ?? w.length;
  const p1 = place(w, 0);
  const p2 = place(w, p1);
  w = withoutPronoun(w, pV);
  w = standardSuffix(w, p1, p2) ?? ySuffix(w, pV) ?? verbSuffix(w, pV) ?? w;
  w = residualSuffix(w, pV);
  return w.replace(/[áéíóú]/g, (c) => 'aeiou'['áéíóú'.indexOf(c)]);
}

function place(w, from) {
  const found = after.exec(w.slice(from));
  return found ? from + found.index + 2 : w.length;
}

function withoutPronoun(w, pV) {
  const pronoun = endOf(w, pronouns);
  if (!pronoun) return w;
  const left = w.slice(0, -pronoun.length);
  const end = endOf(left, beforePronoun);
  if (!end || left.length - end.length < pV) return w;
  if (end === 'yendo') return left.endsWith('uyendo') ? left : w;
  return left.slice(0, -end.length) + end.replace(/[áéí]/, (c) => 'aei'['áéí'.indexOf(c)]);
}

// cut takes an ending away where it stands in the region; the word as it is otherwise.
function cut(w, endings, region) {
  const end = endOf(w, endings);
  return end && w.length - end.length >= region ? w.slice(0, -end.length) : w;
}

// standardSuffix is undefined where nothing was done.
function standardSuffix(w, p1, p2) {
  const end = endOf(w, standard);
  if (!end) return undefined;
  const left = w.slice(0, -end.length);
  if (left.length < (end === 'amente' ? p1 : p2)) return undefined;
  if (plain.includes(end)) return left;
  if (withIc.includes(end)) return cut(left, ['ic'], p2);
  if (end.startsWith('log')) return `${left}log`;
  if (end.startsWith('uci')) return `${left}u`;
  if (end.startsWith('enci')) return `${left}ente`;
  if (end === 'amente') {
    const less = cut(left, ['iv', 'os', 'ic', 'ad'], p2);
    return less !== left && left.endsWith('iv') ? cut(less, ['at'], p2) : less;
  }
  if (end === 'mente') return cut(left, ['ante', 'able', 'ible'], p2);
  if (end.startsWith('idad')) return cut(left, ['abil', 'ic', 'iv'], p2);
  return cut(left, ['at'], p2);
}

function ySuffix(w, pV) {
  const end = endOf(w, yEndings, pV);
  return end && w[w.length - end.length - 1] === 'u' ? w.slice(0, -end.length) : undefined;
}

function verbSuffix(w, pV) {
  const end = endOf(w, verbs, pV);
  if (!end) return undefined;
  const left = w.slice(0, -end.length);
  return soft.includes(end) && left.endsWith('gu') ? left.slice(0, -1) : left;
}

function residualSuffix(w, pV) {
  const end = endOf(w, residual);
  if (!end || w.length - end.length < pV) return w;
  const left = w.slice(0, -end.length);
  return /[eé]/.test(end) && left.endsWith('gu') && left.length - 1 >= pV ? left.slice(0, -1) : left;
}
