// Emergency numbers of all supported countries. They stand in the page itself (the
// floor, floor.go); what the server says is newer and counts first. Nothing that is
// asked for at once here waits for anything, and nothing throws.

import { get, put } from './db.js';
import { ask } from './http.js';
import { lendZone } from './intl.js';
import { safely, within } from './safely.js';

const DAY = 24 * 3600 * 1000; // milliseconds
const PATIENCE = 800; // milliseconds that help may wait for what makes it better

const known = { items: [] }; // what this phone told last: chosen, account, site, items
let choseHere = false; // what this phone kept from before no longer counts

const floor = safely(readFloor, []);

function readFloor() {
  /** @param {any} a */
  const line = (a) => ({ display: a.querySelector('b').textContent, href: a.getAttribute('href'), name: a.querySelector('bdi')?.textContent,
    kind: a.dataset.kind, toConfirm: 'toConfirm' in a.dataset });
  return [...document.querySelectorAll('.floor [data-country]')].map((/** @type {any} */ row) => ({
    country: row.dataset.country, verifiedOn: row.dataset.verifiedOn,
    emergency: [...row.querySelectorAll('[data-line="emergency"]')].map(line),
    crisisLines: [...row.querySelectorAll('[data-line="crisisLines"]')].map(line),
  }));
}

// everywhere is for countries that are not known: one of the two reaches emergency
// services from a mobile phone almost anywhere.
export const everywhere = { country: null, crisisLines: [], emergency: ['112', '911'].map((n) => ({ display: n, href: `tel:${n}`, toConfirm: true })) };

const dials = (line) => typeof line?.display === 'string' && /^(tel|sms):[+0-9]/.test(line.href);

// callable is a row without what can't be dialled; null when no emergency number is left.
export function callable(row) {
  const only = (list) => (Array.isArray(list) ? list.filter(dials) : []);
  const emergency = only(row?.emergency);
  return emergency.length > 0 ? { ...row, emergency, crisisLines: only(row.crisisLines) } : null;
}

// numbers lists all rows.
export function numbers() {
  const fresh = safely(() => known.items.map(callable).filter((row) => row && typeof row.country === 'string'), []);
  return [...fresh, ...floor.filter((row) => !fresh.some((f) => f.country === row.country))];
}

// linesOf is the row of a country, or what works almost everywhere.
export const linesOf = (code) => numbers().find((row) => row.country === code) ?? everywhere;
export const linesNow = () => linesOf(country());

// linesHere is linesNow after this phone was asked, which may take a moment.
export async function linesHere() {
  await within(PATIENCE, learn);
  return linesNow();
}

// country is where this person is, as far as is known: chosen here, their account's,
// the site's, the browser's.
const country = () => [known.chosen, known.account, known.site, region()].find((code) => typeof code === 'string' && code) ?? null;

// region reads the country out of what the browser says its languages are. It can say
// anything: "C", "en-US@posix", "en_US.UTF-8", nothing.
function region() {
  const tags = safely(() => [navigator.language, ...(navigator.languages ?? [])], []);
  for (const tag of tags) {
    const code = typeof tag === 'string' && /^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})(?![a-z0-9])/i.exec(tag)?.[1].toUpperCase();
    if (code) return code;
  }
  return null;
}

// learn reads what this phone knows. Each may fail or hang by itself.
export async function learn() {
  const some = (name, pick) => get(name).then((value) => { safely(() => pick(value)); });
  await Promise.all([
    some('settings', (v) => { if (!choseHere) known.chosen = v?.country; }),
    some('me', (v) => { known.account = v?.country; lendZone('account', v?.zone); }),
    some('site', (v) => { known.site = v?.country; lendZone('site', v?.zone); }),
    some('numbers', (v) => { if (Array.isArray(v?.items)) known.items = v.items; }),
  ]);
}

export async function chooseCountry(code) {
  choseHere = true;
  known.chosen = code;
  await put('settings', { ...(await get('settings')), country: code });
}

// site is what the clinic says of itself, or null.
// readers is who reads what is sent, as this person was told last: of their programme,
// where that has hours of its own; before that, of the clinic.
export const readers = async () => (await within(PATIENCE, () => get('reading')))?.monitoring ?? (await site())?.monitoring;

export const site = async () => (await within(PATIENCE, () => get('site'))) ?? freshSite();
export const freshSite = () => within(2 * PATIENCE, refreshSite, null);

async function refreshSite() {
  try {
    const { data } = await ask('GET', '/v1/site');
    known.site = data?.country;
    lendZone('site', data?.zone);
    await put('site', data);
    return data;
  } catch {
    return (await get('site')) ?? null;
  }
}

async function refreshNumbers() {
  try {
    const { data } = await ask('GET', '/v1/emergency-numbers/all');
    if (!Array.isArray(data?.items)) return;
    known.items = data.items;
    await put('numbers', { items: data.items, savedAt: Date.now() });
  } catch {
    // what is here stays
  }
}

export async function keepFresh() {
  await learn();
  const kept = await get('numbers');
  if (!kept || !(Math.abs(Date.now() - kept.savedAt) < DAY)) await refreshNumbers();
  await refreshSite();
}
