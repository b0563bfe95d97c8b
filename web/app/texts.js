// The words of the page, in the person's language. Those that help needs stand in the
// page itself (floor.go); those of the first screens are a file (firsttexts.go), and all
// are another, which comes with the first screen that is loaded later. A key with no words is a mistake that
// a test finds; it is shown as the key.

import { get, put } from './db.js';
import { NoAnswer } from './http.js';
import { pluralised } from './plural.js';
import { safely } from './safely.js';

const PATIENCE = 15_000; // milliseconds for a file of words

export const languages = ['en', 'es', 'ar'];
const rightToLeft = new Set(['ar']);
const inPage = safely(() => JSON.parse(document.getElementById('floor-words')?.textContent ?? '{}'), null) ?? {};
let words = { ...inPage.en };
let current = 'en';
let further = false; // whether more was wanted than the words of the first screens
let whole = ''; // the language of which all words are here

export const language = () => current;
export const has = (key) => Object.hasOwn(words, key);

// keysOf lists the keys that begin with one of these, in order.
export const keysOf = (begins) => Object.keys(words).filter((key) => begins.some((begin) => key.startsWith(begin))).sort();

// t gives the words of a key; {name} in them is replaced, and what counts has its form.
export function t(key, values = {}) {
  return pluralised(has(key) ? words[key] : key, values, current, apart).replace(/\{(\w+)\}/g, (all, name) => (name in values ? apart(values[name]) : all));
}

// apart keeps a name in another script from turning the words around it (Unicode
// isolates, UAX 9).
const apart = (value) => (rightToLeft.has(current) ? `\u2068${value}\u2069` : value);

export const direction = (name) => (rightToLeft.has(name) ? 'rtl' : 'ltr');

// pick tells the language: the one chosen here, the account's, the browser's.
export async function pick(account) {
  const chosen = (await get('settings'))?.language;
  return known([chosen, account?.language, ...browsers()]);
}

const browsers = () => safely(() => [...(navigator.languages ?? []), navigator.language], []);

const known = (tags) => tags.map((tag) => (typeof tag === 'string' ? tag.slice(0, 2).toLowerCase() : ''))
  .find((tag) => languages.includes(tag)) ?? 'en';

export const loadTexts = async (account) => use(await pick(account));

// guessTexts takes the browser's language, with the words that are in the page.
export const guessTexts = () => begin(known(browsers()));

export async function choose(name) {
  await put('settings', { ...(await get('settings')), language: name });
  await use(name);
}

function begin(name) {
  if (name !== current) {
    words = { ...inPage.en, ...inPage[name] };
    whole = '';
  }
  current = name;
  document.documentElement.lang = name;
  document.documentElement.dir = direction(name);
  document.documentElement.dataset.words = name;
}

async function use(name) {
  begin(name);
  await take(name, `/texts/first-${name}.json`);
  if (further) await allTexts().catch(() => {}); // the next screen asks again
}

// allTexts brings the words that the first screens do not need. It throws NoAnswer where
// they can't be had, and is asked again with the next screen.
export async function allTexts() {
  further = true;
  if (whole === current) return;
  const name = current;
  if (await take(name, `/texts/${name}.json`)) whole = name;
  else if (name === current) throw new NoAnswer(); // a screen without its words would show keys
}

// withWords is a module that is loaded later, with the words that it shows.
export const withWords = async (module) => (await Promise.all([module, allTexts()]))[0];

// askedAhead is what ahead.js has asked for, once: an answer that failed is asked for anew.
function askedAhead(path) {
  const { textsAhead } = globalThis;
  globalThis.textsAhead = null;
  return textsAhead?.path === path ? textsAhead?.answer : undefined;
}

async function take(name, path) {
  const file = await (askedAhead(path) ?? Promise.reject()).catch(() => fetch(path, { signal: AbortSignal.timeout(PATIENCE) }).then((answer) => answer.json())).catch(() => null);
  if (current !== name) return false; // another was chosen meanwhile
  for (const [key, text] of Object.entries(file ?? {})) {
    if (typeof text === 'string' && text) words[key] = text;
  }
  return Boolean(file);
}
