// The goals of a person: those under way first, those that are over folded away.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all } from '../api.js';
import { shortDay } from '../format.js';
import { chartBack } from '../chartback.js';
import { proposedToMe } from '../goalproposals.js';

const over = new Set(['completed', 'cancelled', 'rejected']);

export default async function goalsScreen(ctx) {
  const goals = (await all(ctx.api('goals?limit=100'))).filter((g) => g.lifecycleStatus !== 'entered-in-error');
  const asked = goals.filter((g) => g.lifecycleStatus === 'proposed');
  const open = goals.filter((g) => !over.has(g.lifecycleStatus) && g.lifecycleStatus !== 'proposed');
  const done = goals.filter((g) => over.has(g.lifecycleStatus));
  const rows = (list) => h('ul.rows', list.map((goal) => h('li', h('a.row', { href: ctx.at(`goals/${goal.id}`) },
    h('span', titleOf(goal), h('span.note', t(`goal.status.${goal.lifecycleStatus}`), due(goal))), icon('on')))));
  return {
    title: t('menu.goals'),
    lead: ctx.own ? t('goals.lead') : undefined,
    back: await chartBack(ctx),
    body: [
      ctx.own && await proposedToMe(ctx),
      asked.length > 0 && h('section', h('h2', t('goals.proposed')), rows(asked)),
      open.length > 0 && rows(open),
      asked.length + open.length === 0 && h('p.card', t('goals.none')),
      !['supporter', 'guardian'].includes(ctx.me.role) && h('a.button.main', { href: ctx.at('goals/new') }, t('newgoal.title')),
      done.length > 0 && h('details.card', h('summary', t('goals.over')), rows(done)),
    ],
  };
}

// titleOf is a goal's title, or words for one of which only the steps are shared: it
// names nobody who proposed it.
export const titleOf = (goal) => (goal.proposedBy.accountId ? goal.title : t('goal.steps-only'));

const due = (goal) => {
  const next = goal.milestones.filter((m) => m.status === 'open' && m.dueOn).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
  return next ? ` · ${t('goal.next', { title: next.title, day: shortDay(next.dueOn) })}` : '';
};
