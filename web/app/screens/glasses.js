// The privacy officer looks at each emergency in which somebody opened a record, and
// decides about telling the patient where that was put off.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';
import { choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';

const outcomes = ['justified', 'not-justified', 'follow-up'];
const threeDays = 3 * 24 * 3600 * 1000; // milliseconds

export default async function glassesScreen({ again }) {
  const list = h('ul.cards');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(`/v1/break-glass?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...items.map((glass) => card(glass, again)));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  await show('');
  return {
    title: t('glasses.title'),
    lead: t('glasses.lead'),
    back: [t('menu.office'), '#/office'],
    body: [list.children.length > 0 ? list : h('p.card', t('glasses.none')), more],
  };
}

const card = (glass, again) => h('li.card', h('h2', glass.patientName ?? ''),
  h('p', t('glasses.who', glass)),
  glass.restricted && h('p.warn', t('glasses.closed')),
  h('p', h('b', t(`glass.reason.${glass.reason}`)), ' ', glass.nature),
  h('p.note', t('glasses.when', { from: dateTime(glass.at), until: dateTime(glass.until) })),
  telling(glass, again), review(glass, again));

function telling(glass, again) {
  const waits = glass.tellPatient;
  if (!waits || waits.doneAt) return h('p.note', t('glasses.told'));
  const tell = async () => {
    await call('POST', `/v1/break-glass/${glass.id}/tell-patient`);
    again();
  };
  const delay = async () => {
    const until = new Date(Date.parse(waits.due) + threeDays).toISOString();
    await call('PUT', `/v1/break-glass/${glass.id}/delay`, { body: { risk: waits.risk, until } });
    again();
  };
  return h('div', h('p', t('glasses.waits', { time: dateTime(waits.due), why: t(`glass.risk.${waits.risk}`), name: waits.riskBy ?? '' })),
    h('div.actions', action(t('glasses.tell'), tell, { kind: 'quiet.small' }), action(t('glasses.delay'), delay, { kind: 'quiet.small' })));
}

function review(glass, again) {
  const due = glass.review;
  if (due?.doneAt) {
    return h('div', h('p', t('glasses.done', { name: due.doneBy, outcome: t(`glasses.outcome.${due.outcome}`) })), due.note && h('p.quote', due.note));
  }
  const outcome = choiceField('outcome', t('glasses.outcome'), outcomes.map((v) => [v, t(`glasses.outcome.${v}`)]));
  const note = textField('note', t('glasses.note'), { area: true, maxlength: '1000' });
  const send = async () => {
    await call('PUT', `/v1/break-glass/${glass.id}/review`, { body: { outcome: outcome.read(), note: note.read() } });
    sayNext(t('glasses.saved'));
    again();
  };
  return h('div', due && h('p.note', t('glasses.due', { time: dateTime(due.due) })), due && Date.parse(due.due) < Date.now() && h('p.warn', t('glasses.late')),
    form([outcome, note], send, { submit: t('glasses.save'), check: () => required(outcome) }));
}
