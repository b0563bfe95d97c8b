// How medicines are fetched and what was lost: facts to ask about, for the patient as for
// the team. There is no label in it.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { day, localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { listOf } from '../keptmedicines.js';
import { uuid7 } from '../uuid.js';

export default async function supplyScreen(ctx) {
  const [kept, list] = await Promise.all([read(ctx.api('medicine-supply')), listOf(ctx.patientId)]);
  const active = list.items.filter((m) => m.status === 'active');
  const mine = (ctx.own ? [] : ['fetched']).concat('lost', 'said');
  const which = selectField('medicineId', t('supply.which'), active.map((m) => [m.id, m.name]));
  const kind = selectField('kind', t('supply.kind'), mine.map((k) => [k, t(`supply.kind.${k}`)]));
  const on = textField('on', t('supply.on'), { type: 'date', max: localDay(), value: localDay() });
  const days = textField('days', t('supply.days'), { inputmode: 'numeric' });
  const words = textField('words', t('supply.words'), { area: true, maxlength: 1000 });
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('medicine-supply'), { body: { id, medicineId: which.read(), kind: kind.read(), on: on.read(), words: words.read(), ...(kind.read() === 'fetched' ? { days: Number(days.read()) } : {}) } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return {
    title: t('supply.title'),
    lead: t('supply.lead'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      kept.incomplete && h('p.card.warn', t('medicines.incomplete')),
      kept.facts.length === 0 && h('p.card', t('supply.none')),
      h('ul.cards', kept.facts.map((f) => h('li.card', h('h2', f.medicine), h('p', t(`supply.fact.${f.kind}`, { n: f.daysEarly ?? 0, day: f.on ? day(f.on) : '' })), h('p.note', t(`supply.ask.${f.kind}`))))),
      active.length > 0 && h('section', h('h2', t('supply.add')), form([which, kind, on, ...(ctx.own ? [] : [days]), words], send, { check: () => required(on) })),
      kept.entries.length > 0 && h('details.card', h('summary', t('supply.all')), h('ul.dots', kept.entries.map((e) => h('li',
        [day(e.on), e.medicine, t(`supply.kind.${e.kind}`), e.days && t('supply.for', { n: e.days }), e.words, e.by.name].filter(Boolean).join(' · '))))),
    ],
  };
}
