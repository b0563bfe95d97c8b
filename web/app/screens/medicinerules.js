// The rules that orders are held against: how old they are, what the clinic changed in
// them with two signatures, and how often each interrupted.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { action } from '../action.js';
import { date } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const DAY = 86_400_000; // milliseconds

export default async function medicineRulesScreen(ctx) {
  const book = await read('/v1/medicine-rules');
  const from = new Date(Date.now() - 90 * DAY).toISOString();
  const report = await read(`/v1/medicine-rules/report?from=${encodeURIComponent(from)}&to=${encodeURIComponent(new Date().toISOString())}`).then((p) => p.items, () => []);
  const rule = selectField('rule', t('ordering.rules.which'), book.rules.map((r) => [r.id, r.id]));
  const why = textField('why', t('ordering.rules.why'), { area: true, maxlength: 1000 });
  const until = textField('until', t('ordering.rules.until'), { type: 'date' });
  const id = uuid7();
  const propose = async () => {
    await call('POST', '/v1/medicine-rules/changes', { body: { id, do: 'silence', rule: rule.read(), why: why.read(), until: `${until.read()}T12:00:00Z` } });
    sayNext(t('ordering.rules.proposed'));
    await ctx.again();
  };
  const add = addingForm(book, ctx);
  return {
    title: t('more.medicine-rules'),
    back: [t('menu.more'), '#/more'],
    body: [
      book.refused && h('p.card.warn', { role: 'alert' }, t('ordering.refused')),
      book.warning && h('p.card.warn', t(`ordering.warning.${book.warning}`, { day: date(book.until) })),
      !book.refused && h('p.card', t('ordering.rules.about', { version: book.version, n: book.rules.length, ingredients: book.ingredients, day: date(book.until) })),
      h('section', h('h2', t('ordering.rules.changes')), book.changes.length === 0 ? h('p.card', t('ordering.rules.none')) : h('ul.cards', book.changes.map((c) => changeCard(c, ctx)))),
      !book.refused && h('section', h('h2', t('ordering.rules.silence')), form([rule, why, until], propose, { check: () => required(rule, why, until) })),
      !book.refused && h('details.card', h('summary', t('ordering.rules.add')), add),
      report.length > 0 && h('section', h('h2', t('ordering.rules.report')), ctx.me.role !== 'administrator' && h('p.note', t('ordering.rules.months')), h('ul.dots', report.map((r) => h('li', h('bdi', r.rule), ' · ',
        t('ordering.rules.figures', { fired: r.fired, on: r.wentOn, acted: r.actedOn }), r.review && ` · ${t('ordering.rules.review')}`)))),
      h('p.note', { lang: 'en', dir: 'ltr' }, book.licence),
    ],
  };
}

// addingForm proposes a pair of the clinic's own.
function addingForm(book, ctx) {
  const names = (text) => text.split(',').map((part) => part.trim()).filter(Boolean);
  const side = (name) => textField(`added.${name}`, t(`ordering.rules.side.${name}`), { hint: t('ordering.rules.side.hint', { groups: book.groups.join(' ') }), maxlength: 2000 });
  const [a, b] = [side('a'), side('b')];
  const severity = selectField('added.severity', t('ordering.rules.severity'), ['contraindicated', 'major', 'moderate', 'minor'].map((s) => [s, t(`ordering.severity.${s}`)]));
  const [says, instead, source] = ['why', 'instead', 'source'].map((name) => textField(`added.${name}`, t(`ordering.rules.added.${name}`), { area: true, maxlength: 1000 }));
  const why = textField('why', t('ordering.rules.why'), { area: true, maxlength: 1000 });
  const until = textField('until', t('ordering.rules.until'), { type: 'date' });
  const id = uuid7();
  const send = async () => {
    await call('POST', '/v1/medicine-rules/changes', { body: { id, do: 'add', why: why.read(), until: `${until.read()}T12:00:00Z`,
      added: { a: names(a.read()), b: names(b.read()), severity: severity.read(), why: says.read(), instead: instead.read(), source: source.read() } } });
    sayNext(t('ordering.rules.proposed'));
    await ctx.again();
  };
  return form([a, b, severity, says, instead, source, why, until], send, { check: () => required(a, b, says, instead, source, why, until) });
}

const changeCard = (c, ctx) => h('li.card', h('h3', h('bdi', c.rule ?? `site-${c.id}`)), h('p', c.why),
  h('p.note', t('ordering.rules.by', { name: c.by.name, day: date(c.until) }), c.signedBy && ` · ${t('ordering.rules.signed', { name: c.signedBy.name })}`, c.endedBy && ` · ${t('ordering.rules.ended')}`),
  !c.endedAt && h('div.actions',
    !c.signedBy && c.by.accountId !== ctx.me.accountId && action(t('ordering.rules.sign'), act(c, 'sign', ctx)),
    action(t('ordering.rules.end'), act(c, 'end', ctx), { kind: 'quiet' })));

const act = (c, what, ctx) => async () => {
  await call('POST', `/v1/medicine-rules/changes/${c.id}/${what}`);
  await ctx.again();
};
