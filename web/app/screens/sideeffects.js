// Side effects: what was told, and what the team made of it.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { date } from '../format.js';
import { NoAnswer } from '../http.js';
import { standing } from '../outbox.js';
import { standWords } from '../outboxview.js';
import { effectWords } from '../effectwords.js';

export default async function sideEffectsScreen(ctx) {
  const told = await all(ctx.api('side-effects?limit=50'), 4).catch((problem) => {
    if (problem instanceof NoAnswer) return null;
    throw problem;
  });
  const here = ctx.own ? (await standing()).filter((e) => e.about === 'side-effect' && e.state !== 'sent') : [];
  return {
    title: t('effects.title'),
    lead: ctx.own ? t('effects.lead') : undefined,
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      here.length > 0 && h('ul.cards', here.map((e) => h('li.card', h('p', effectWords(e.body)), standWords(e)))),
      (ctx.own || ctx.me.role === 'clinician') && h('a.button.main', { href: ctx.at('medicines/side-effects/new') }, t('effects.tell')),
      !told && h('p.card.warn', t('problem.offline')),
      told?.length === 0 && h('p.card', t('effects.none')),
      told && h('ul.rows', told.map((r) => h('li', h('a.row', { href: ctx.at(`medicines/side-effects/${r.id}`) }, h('span', effectWords(r),
        h('span.note', [r.medicine, date(r.at), t(r.answer ? 'effects.answered' : 'effects.open')].filter(Boolean).join(' · '))), icon('on'))))),
    ],
  };
}
