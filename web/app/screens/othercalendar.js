// A clinician's calendar elsewhere: where it is, when it was read, and what in it was
// not understood. What can be told of such an event is kept taken; it is listed so
// that nobody has to wonder.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { rangeIn } from '../clocks.js';
import { form, required, textField } from '../forms.js';
import { date, dateTime, number } from '../format.js';
import { sayNext } from '../frame.js';

export default async function otherCalendarScreen({ me, params, again }) {
  const who = params.account ?? me.accountId;
  const path = `/v1/clinicians/${who}/busy-calendar`;
  const known = await read(path);
  const end = async () => {
    await call('DELETE', path);
    sayNext(t('other-calendar.ended'));
    await again();
  };
  return {
    title: t('other-calendar.title'),
    lead: t('other-calendar.lead'),
    back: [t('hours.title'), params.account ? `#/hours/${who}` : '#/hours'],
    body: [
      known.exists && h('section.card', h('h2', known.host), statePart(known), action(t('other-calendar.end'), end, { kind: 'danger' })),
      known.unread > 0 && oddPart(known),
      addressForm(path, known, again),
    ],
  };
}

function statePart(known) {
  const { failure } = known;
  return [
    failure && h('p.warn', t('other-calendar.failing', { since: dateTime(failure.since) }), ' ', t(`other-calendar.failure.${failure.code}`)),
    known.readAt && h('p', t('other-calendar.read', { at: dateTime(known.readAt) })),
    h('p', t('other-calendar.times', { n: number(known.times) })),
  ];
}

// oddPart lists what was not understood, with its own time where there is one.
function oddPart({ unread, notUnderstood }) {
  const more = unread - notUnderstood.length;
  return h('section.card.warn', h('h2', t('other-calendar.odd', { n: number(unread) })), h('p', t('other-calendar.odd.lead')),
    h('ul', notUnderstood.map(({ start, end, why }) => h('li',
      h('b', start ? `${date(start)}, ${rangeIn(start, end)}` : t('other-calendar.no-time')), ' ', t(`other-calendar.why.${why}`)))),
    more > 0 && h('p', t('other-calendar.odd.more', { n: number(more) })));
}

function addressForm(path, known, again) {
  const url = textField('url', t('other-calendar.address'), { hint: t('other-calendar.address.hint'), type: 'url', autocomplete: 'off', dir: 'ltr' });
  const send = async () => {
    const { data } = await call('PUT', path, { body: { url: url.read() } });
    sayNext(t(data.failure ? 'other-calendar.kept' : 'other-calendar.works'));
    await again();
  };
  return h('section.card', h('h2', t(known.exists ? 'other-calendar.another' : 'other-calendar.set')), form([url], send, { submit: t('other-calendar.save'), check: () => required(url) }));
}
