// Plans of steps of somebody's medicines. A prescriber begins a new one.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { day } from '../format.js';
import { listOf } from '../keptmedicines.js';

export default async function tapersScreen(ctx) {
  const [plans, list] = await Promise.all([all(ctx.api('tapers')), listOf(ctx.patientId)]);
  const orders = list.mayOrder ? list.items.filter((m) => m.status === 'active' && m.source === 'here') : [];
  return {
    title: t('tapers.title'),
    lead: t('tapers.lead'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      plans.length === 0 ? h('p.card', t('tapers.none')) : h('ul.cards', plans.map((p) => h('li.card',
        h('h2', h('a', { href: ctx.at(`tapers/${p.id}`) }, p.name)), h('p', t(p.replacedBy ? 'tapers.replaced' : `tapers.status.${p.status}`)), h('p.note', t('tapers.from', { day: day(p.startsOn) }), ' · ', p.by.name)))),
      orders.length > 0 && h('section', h('h2', t('ordering.taper.new')), h('ul.dots', orders.map((m) => h('li', h('a', { href: ctx.at(`tapers/new/${m.id}`) }, m.name))))),
      list.mayOrder && h('a.button.quiet', { href: '#/medicine-strengths' }, t('more.medicine-strengths')),
    ],
  };
}
