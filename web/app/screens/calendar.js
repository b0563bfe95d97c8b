// The private address at which a calendar program reads this person's visits. It is
// shown once, when it is made: nobody can look it up later.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { date } from '../format.js';
import { place, say, sayNext } from '../frame.js';

const path = '/v1/me/calendar-feed';
const back = () => [t('menu.more'), '#/more'];

export default async function calendarScreen({ again, me }) {
  const feed = await read(path);
  const make = async () => place(madeScreen((await call('POST', path)).data, again));
  const end = async () => {
    await call('DELETE', path);
    sayNext(t('calendar.ended'));
    await again();
  };
  return {
    title: t('more.calendar'),
    lead: t('calendar.lead'),
    back: back(),
    body: h('div.card',
      h('p', feed.exists ? t('calendar.since', { date: date(feed.createdAt) }) : t('calendar.none')),
      feed.exists && h('p.note', t('calendar.renew.note')),
      me.role === 'clinician' && h('p.note', t('calendar.kept-inside')),
      h('div.actions', action(t(feed.exists ? 'calendar.renew' : 'calendar.make'), make, { kind: feed.exists ? 'quiet' : 'main' }),
        feed.exists && action(t('calendar.end'), end, { kind: 'danger' }))),
  };
}

function madeScreen(made, again) {
  const address = new URL(made.path, location.href);
  const copy = async () => {
    await navigator.clipboard.writeText(address.href);
    say(t('calendar.copied'));
  };
  return {
    title: t('calendar.address'),
    lead: t('calendar.warn'),
    back: back(),
    body: h('div.card',
      h('p', h('bdi', { dir: 'ltr' }, address.href)),
      h('div.actions',
        h('a.button.main', { href: `webcal://${address.host}${address.pathname}` }, t('calendar.open')),
        navigator.clipboard && action(t('calendar.copy'), copy, { kind: 'quiet' }),
        action(t('calendar.done'), again, { kind: 'quiet' }))),
  };
}
