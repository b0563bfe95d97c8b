// The load: what fired, what was done, how long contact took. For relief, never to judge
// anybody's work; the screen says so before anything else.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { date, number } from '../format.js';

export default async function alertReportScreen() {
  const r = await read('/v1/alert-report');
  return {
    title: t('load.title'),
    lead: t('load.lead', { from: date(r.from), to: date(r.to) }),
    back: [t('menu.myday'), '#/my-day'],
    body: [h('p.warn', t('load.not-for')), r.more && h('p.note', t('load.more')),
      h('h2', t('load.people')), r.people.length === 0 ? h('p.card', t('load.none')) : h('ul.cards', r.people.map(person)),
      h('h2', t('load.rules')), r.rules.length === 0 ? h('p.card', t('load.none')) : h('ul.cards', r.rules.map(rule))],
  };
}

const person = (p) => h('li.card', h('h3', `${p.name} · ${t(`load.shift.${p.shift}`)}`),
  p.tooMuch && h('p.warn', t('load.too-much', { n: number(p.most) })), figures(p, 'load.asked'));

const rule = (r) => h('li.card', h('h3', r.rule), r.review && [h('p.warn', t('load.review')), h('p.note', t('load.review.asked'))], figures(r, 'load.fired'));

const figures = (f, first) => h('dl.answers', [[first, number(f.fired)], ['load.acted', number(f.actedOn)], ['load.nothing', number(f.nothingDone)],
  ['load.waiting', number(f.waiting)], ['load.median', f.medianMinutes === undefined ? '–' : number(Math.round(f.medianMinutes))]]
  .map(([key, value]) => h('div', h('dt', t(key)), h('dd', value))));
