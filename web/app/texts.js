// The words of the page, in the person's language. A key with no words is a
// mistake that a test finds; it is shown as the key.

import { get, put } from './db.js';

export const languages = ['en', 'es', 'ar'];
const rightToLeft = new Set(['ar']);
let words = {};
let current = 'en';

export const language = () => current;
export const has = (key) => key in words;

// t gives the words of a key; {name} in them is replaced.
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => (name in values ? apart(values[name]) : all));
}

// apart keeps a name in another script from turning the words around it (Unicode
// isolates, UAX 9).
const apart = (value) => (rightToLeft.has(current) ? `\u2068${value}\u2069` : value);

export const direction = (name) => (rightToLeft.has(name) ? 'rtl' : 'ltr');

// pick tells the language: the one chosen here, the account's, the browser's.
export async function pick(account) {
  const chosen = (await get('settings'))?.language;
  const wanted = [chosen, account?.language, ...(navigator.languages ?? [])];
  return wanted.map((l) => l?.slice(0, 2).toLowerCase()).find((l) => languages.includes(l)) ?? 'en';
}

export const loadTexts = async (account) => use(await pick(account));

export async function choose(name) {
  await put('settings', { ...(await get('settings')), language: name });
  await use(name);
}

async function use(name) {
  words = await (await fetch(`/texts/${name}.json`)).json();
  current = name;
  document.documentElement.lang = name;
  document.documentElement.dir = direction(name);
}
