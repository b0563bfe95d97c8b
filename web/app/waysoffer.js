// What stands on a first screen about ways in: an offer after a sign-in by a code, which
// can be declined, and for staff the day from which they need a second way.

import { h, button } from './dom.js';
import { drop, get, putOwn } from './db.js';
import { noteCodes } from './idlelock.js';
import { read } from './api.js';
import { day } from './format.js';
import { staff } from './staff.js';
import { t } from './texts.js';

export const offerLater = ({ role, accountId }) => (role === 'interpreter' ? Promise.resolve() : putOwn('offer-ways', true, accountId));
export const offerDone = () => drop('offer-ways');

// It comes after the screen is there: put it last, so that nothing moves under a finger.
export function waysOffer(me) {
  const place = h('div');
  fillIn(place, me).catch(() => {}); // nobody waits for it
  return place;
}

async function fillIn(place, me) {
  if (!staff(me.role) && me.role !== 'interpreter' && (await get('has-pin')) === undefined) await putOwn('has-pin', Boolean((await read('/v1/me/ways')).pin), me.accountId);
  if (staff(me.role)) {
    const ways = await read('/v1/me/ways');
    await noteCodes(Boolean(ways.totp), me.accountId);
    const from = ways.secondFactorFrom;
    if (from && !ways.totp && ways.passkeys.length === 0) {
      place.replaceChildren(h('div.card', h('p.warn', t('ways.needed', { date: day(from) })), toWays()));
      return;
    }
  }
  if (!(await get('offer-ways'))) return;
  const no = async () => {
    await offerDone();
    place.replaceChildren();
  };
  place.replaceChildren(h('div.card', h('p', t(staff(me.role) ? 'ways.offer.staff' : 'ways.offer')),
    h('div.actions', toWays(), button(t('ways.not-now'), no, { kind: 'quiet.small' }))));
}

const toWays = () => h('a.button.quiet.small', { href: '#/ways' }, t('ways.open'));
