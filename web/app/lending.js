// Devices and data plans that the clinic lends: the office gives them out and takes them
// back, the patient says which one is in their hand.

import { action } from './action.js';
import { h } from './dom.js';
import { all, call } from './api.js';
import { date } from './format.js';
import { form, required, selectField, textField } from './forms.js';
import { sayNext } from './frame.js';
import { t } from './texts.js';
import { uuid7 } from './uuid.js';

const kinds = ['phone', 'tablet', 'data-plan', 'other'];

const about = (l) => [h('h3', t(`lending.kind.${l.kind}`), ' · ', h('bdi', l.label)),
  h('p.note', t('lending.given', { date: date(l.givenAt) }), l.dueOn && ` · ${t('lending.due', { date: date(l.dueOn) })}`),
  l.endedAt && h('p.tag', t(`lending.state.${l.state}`))];

// myLoans is what the patient has now.
export async function myLoans({ api, own, me, again }) {
  const now = (await all(api('lent-devices')).catch(() => [])).filter((l) => l.state === 'given');
  if (now.length === 0) return null;
  const mine = (l) => own && l.kind !== 'data-plan' && (l.devices.includes(me.device?.id) ? h('p.tag', t('lending.this'))
    : action(t('lending.tie'), async () => {
      await call('POST', api(`lent-devices/${l.id}/sessions`), { body: {} });
      again();
    }, { kind: 'quiet' }));
  return h('section', h('h2', t('lending.title')), h('p.note', t('lending.ends')), h('ul.cards', now.map((l) => h('li.card', about(l), mine(l)))));
}

// lendingPart is for the office, on the page of a patient's team.
export async function lendingPart({ api, again }) {
  const found = await all(api('lent-devices'));
  const end = (l, state) => action(t(`lending.end.${state}`), async () => {
    await call('POST', api(`lent-devices/${l.id}/end`), { body: { state } });
    sayNext(t('lending.ended'));
    again();
  }, { kind: 'quiet', 'aria-label': t('lending.end-named', { what: t(`lending.end.${state}`), label: l.label }) });
  const ends = (l) => h('div.actions', ['returned', 'lost', 'wiped'].filter((s) => s !== l.state && l.state !== 'wiped').map((s) => end(l, s)));
  return h('section', h('h2', t('lending.title')), h('p.note', t('lending.office')),
    found.length > 0 && h('ul.cards', found.map((l) => h('li.card', about(l), l.kind !== 'data-plan' && h('p.note', t(l.devices.length > 0 ? 'lending.tied' : 'lending.untied')), ends(l)))),
    lendForm(api, again));
}

function lendForm(api, again) {
  const id = uuid7();
  const kind = selectField('kind', t('owngoals.kind'), kinds.map((k) => [k, t(`lending.kind.${k}`)]));
  const label = textField('label', t('lending.label'), { maxlength: '100', dir: 'auto' });
  const due = textField('dueOn', t('lending.due-on'), { type: 'date' });
  return h('div.card', h('h3', t('lending.lend')), form([kind, label, due], async () => {
    await call('POST', api('lent-devices'), { body: { id, kind: kind.read(), label: label.read(), dueOn: due.read() || undefined } });
    sayNext(t('place.saved'));
    again();
  }, { submit: t('lending.lend'), check: () => required(label) }));
}
