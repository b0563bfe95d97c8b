// Emergency numbers of all supported countries and the words of this site, kept
// here for when there is no network and for people who have not signed in.

import { get, put } from './db.js';
import { ask } from './http.js';

const DAY = 24 * 3600 * 1000; // milliseconds
const PATIENCE = 1500; // milliseconds that help may wait for a server when nothing is kept

const orAfter = (work, otherwise) =>
  Promise.race([work, new Promise((done) => { setTimeout(done, PATIENCE, otherwise); })]);

export const site = async () => (await get('site')) ?? orAfter(refreshSite(), null);

export async function refreshSite() {
  try {
    const { data } = await ask('GET', '/v1/site');
    await put('site', data);
    return data;
  } catch {
    return (await get('site')) ?? null;
  }
}

// numbers lists what is kept; only an empty store waits for the network, and not long.
export const numbers = async () => (await get('numbers'))?.items ?? orAfter(refreshNumbers(), []);

export async function refreshNumbers() {
  try {
    const { data } = await ask('GET', '/v1/emergency-numbers/all');
    await put('numbers', { items: data.items, savedAt: Date.now() });
    return data.items;
  } catch {
    return (await get('numbers'))?.items ?? [];
  }
}

export async function keepFresh() {
  const kept = await get('numbers');
  if (!kept || Date.now() - kept.savedAt > DAY) await refreshNumbers();
  await refreshSite();
}

// country is where this person is, as far as we know: chosen here, their account's,
// the site's, the browser's.
export async function country(account) {
  const chosen = (await get('settings'))?.country;
  const region = new Intl.Locale(navigator.language || 'en').region;
  return chosen ?? account?.country ?? (await get('site'))?.country ?? region ?? null;
}

export async function chooseCountry(code) {
  await put('settings', { ...(await get('settings')), country: code });
}
