// How well this phone keeps the page. Safari on iOS takes away what a page keeps when
// nobody has used it for seven days, unless it stands on the home screen (WebKit,
// "Full Third-Party Cookie Blocking and More", 2020); other browsers may when room is short.

import { h, button } from './dom.js';
import { get, put } from './db.js';
import { onHomeScreen } from './homescreen.js';
import { safely } from './safely.js';
import { t } from './texts.js';

// forgetsInDays tells whether this browser is Safari on iOS (no other has the property)
// and the page is not on the home screen.
export const forgetsInDays = () => safely(() => 'standalone' in navigator && !onHomeScreen(), false);

// kept is true when the browser promised to keep what is here, null when it can't say.
export const kept = () => safely(() => navigator.storage.persisted(), Promise.resolve(null)).catch(() => null);
export const askToKeep = () => safely(() => navigator.storage.persist(), Promise.resolve(false)).catch(() => false);

// keepOffer leads to the screen, where the page may be taken away. It can be declined
// once, for good. It comes after the screen is there.
export function keepOffer() {
  const place = h('div');
  fillIn(place).catch(() => {}); // nobody waits for it
  return place;
}

async function fillIn(place) {
  if (!forgetsInDays() || (await get('settings'))?.keepDeclined) return;
  const no = async () => {
    await put('settings', { ...(await get('settings')), keepDeclined: true });
    place.replaceChildren();
  };
  place.replaceChildren(h('div.card', h('p', t('keep.offer')),
    h('div.actions', h('a.button.quiet.small', { href: '#/keep' }, t('keep.offer.open')), button(t('keep.offer.no'), no, { kind: 'quiet.small' }))));
}
