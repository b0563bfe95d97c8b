// A partner's portal: what they are asked for, and nothing else of anybody.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { date, dateTime } from '../format.js';
import { sayNext } from '../frame.js';
import { needWords, sentPart } from './referrals.js';

export default async function partnerScreen({ params, again }) {
  return params.referral ? one(params.referral, again) : list();
}

async function list() {
  const found = await all('/v1/partner/referrals');
  return {
    title: t('portal.title'), lead: t('portal.lead'),
    body: found.length === 0 ? h('p.card', t('portal.none'))
      : h('ul.rows', found.map((r) => h('li', h('a.row', { href: `#/partner/${r.id}` }, h('span', needWords(r.need), h('span.note', `${standsAt(r)} · ${date(r.dueAt)}`)), icon('on'))))),
  };
}

// standsAt is where a referral stands, as the partner itself would say it.
const standsAt = (r) => t(`portal.status.${r.status}`);

async function one(id, again) {
  const r = await read(`/v1/partner/referrals/${id}`);
  return {
    title: needWords(r.need), back: [t('portal.title'), '#/partner'],
    body: [h('div.card', h('p', standsAt(r)), sentPart(r.sent), r.bookedFor && h('p', t('referral.booked', { time: dateTime(r.bookedFor) })), r.outcome && h('p.quote', { dir: 'auto' }, r.outcome.words)),
      r.may.length > 0 && h('div.card', moveForm(id, r, again))],
  };
}

function moveForm(id, r, again) {
  const status = selectField('status', t('portal.next'), r.may.map((s) => [s, t(`portal.move.${s}`)]));
  const booked = textField('bookedFor', t('portal.booked'), { type: 'datetime-local' });
  const came = choiceField('attended', t('portal.came'), [['yes', t('referral.helped.yes')], ['no', t('referral.helped.no')]], { row: true });
  const words = textField('words', t('portal.words'), { hint: t('portal.words.hint'), area: true, maxlength: '2000', dir: 'auto' });
  const turn = () => {
    booked.el.hidden = !['accepted', 'in-progress'].includes(status.read());
    came.el.hidden = !['completed', 'failed'].includes(status.read());
  };
  status.input.addEventListener('change', turn);
  turn();
  const send = async () => {
    const body = { status: status.read(), words: words.read() || undefined };
    if (!booked.el.hidden && booked.read()) body.bookedFor = new Date(booked.read()).toISOString();
    if (!came.el.hidden && came.read()) body.attended = came.read() === 'yes';
    await call('POST', `/v1/partner/referrals/${id}/status`, { body });
    sayNext(t('place.saved'));
    again();
  };
  return form([status, booked, came, words], send, { check: () => (status.read() === 'completed' ? required(came, words) : []) });
}
