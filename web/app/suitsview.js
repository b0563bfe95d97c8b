// Which programmes suit somebody: reasons in words, and what a person decided.

import { h } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { choiceField, form, required, textField } from './forms.js';
import { date } from './format.js';
import { sayNext } from './frame.js';
import { uuid7 } from './uuid.js';

export async function programmesPart(e, ctx, open) {
  const suits = e.mayWork && open ? await all(ctx.api('suiting-programmes')) : [];
  if (suits.length + e.choices.length === 0) return null;
  return h('section', h('h2', t('suits.title')),
    e.choices.length > 0 && h('ul.cards', e.choices.map((c) => h('li.card', h('h3', { dir: 'auto' }, c.name), h('p', t(c.joins ? 'suits.joins' : 'suits.not-now', { name: c.by.name, date: date(c.at) })), h('p.quote', { dir: 'auto' }, c.why)))),
    suits.map((s) => h('section.card', h('h3', { dir: 'auto' }, s.name), s.in && h('p.note', t('suits.in')), h('ul.dots', s.why.map((w) => h('li', whyWords(w)))), chooseForm(s, e, ctx))));
}

function whyWords(w) {
  const any = (w.any ?? []).map((x) => (w.kind === 'need' ? t(`referral.need.${x}`) : x)).join(', ');
  const asked = w.kind === 'age' ? t('suits.years', { min: w.min ?? 0, max: w.max ?? 0 }) : any;
  return `${t(`suits.kind.${w.kind}`)}: ${asked} · ${t(`suits.met.${w.met}`)}${w.found && w.kind !== 'need' ? ` (${w.found})` : ''}`;
}

function chooseForm(s, e, ctx) {
  const joins = choiceField('joins', t('suits.decide'), [['yes', t('suits.yes')], ['no', t('suits.no')]], { row: true });
  const why = textField('why', t('suits.why'), { area: true, maxlength: '2000', dir: 'auto', hint: t('suits.why.hint') });
  const id = uuid7();
  return h('details', h('summary', `${t('suits.decide')}: ${s.name}`), form([joins, why], async () => {
    await call('POST', ctx.api(`episodes/${e.id}/programmes`), { body: { id, programme: s.programme, joins: joins.read() === 'yes', why: why.read() } });
    sayNext(t('place.saved'));
    await ctx.again();
  }, { check: () => required(joins, why) }));
}
