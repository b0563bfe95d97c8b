// What the prescribers agree on: the one that holds, in full, and the others to open.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { date, dateTime } from '../format.js';
import { agreementPart } from '../agreementview.js';
import { medicinesOf } from '../keptmedicines.js';

export default async function agreementsScreen(ctx) {
  const kept = await medicinesOf(ctx);
  const holds = kept.agreements.find((a) => ['in-force', 'under-review'].includes(a.status));
  const rest = kept.agreements.filter((a) => a !== holds && (!ctx.own || a.status !== 'ended'));
  return {
    title: t('agreement.title'),
    lead: ctx.own ? t('agreement.lead') : undefined,
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      kept.old && h('p.card.warn', t('medicines.saved', { time: dateTime(kept.savedAt) })),
      kept.agreements.length === 0 && h('p.card', t('agreement.none')),
      holds && agreementPart(holds),
      holds && !kept.old && h('div.actions', h('a.button.quiet', { href: ctx.at(`medicines/agreements/${holds.id}`) }, t('agreement.open'))),
      rest.length > 0 && h('ul.rows', rest.map((a) => h('li', h('a.row', { href: ctx.at(`medicines/agreements/${a.id}`) },
        h('span', a.prescribers.map((p) => p.name).join(', '), h('span.note', `${t(`agreement.state.${a.status}`)} · ${date(a.changedAt)}`)), icon('on'))))),
      kept.list.mayOrder && h('a.button.main', { href: ctx.at('medicines/agreements/new') }, t('agreeing.new')),
    ],
  };
}
