// Whether reminders reached the patient: yes, no, or sent without an answer. By which
// way is the patient's own matter.

import { h } from '../dom.js';
import { has, t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';

const DAYS = 14;

export default async function reachedScreen(ctx) {
  const now = Date.now();
  const range = new URLSearchParams({ from: new Date(now - DAYS * 86_400_000).toISOString(), to: new Date(now).toISOString() });
  const { items } = await read(ctx.api(`reached?${range}`));
  return {
    title: t('chart.reached'),
    lead: t('reached.lead', { n: DAYS }),
    back: await chartBack(ctx),
    body: items?.length > 0 ? h('ul.cards', items.toReversed().map(card)) : h('p.card', t('reached.none')),
  };
}

const card = ({ kind, due, reach }) => h('li.card', h('h2', has(`kind.${kind}`) ? t(`kind.${kind}`) : t('kind.something-new')),
  h('p', t(`reach.${reach}`)), h('p.note', dateTime(due)));
