// The list of a safety checklist or a guideline in a plan: what was ticked, when and by whom.

import { h } from './dom.js';
import { action } from './action.js';
import { t } from './texts.js';
import { call } from './api.js';
import { day } from './format.js';
import { sayNext } from './frame.js';

// checksPart shows the points; whoever may edit ticks them, or takes a tick off.
export function checksPart(item, plan, ctx) {
  if (!item?.checks?.length) return null;
  const writes = plan.may.includes('edit');
  const tick = (n) => async () => {
    const checks = item.checks.map((c, i) => (i === n ? { ...c, done: !c.done } : c));
    await call('PATCH', ctx.api('care-plan'), { etag: `"${plan.version}"`, body: { items: [{ id: item.id, checks }] } });
    sayNext(t('careplan.saved'));
    await ctx.again();
  };
  return h('section.card', h('h2', t('checks.title', { done: item.checks.filter((c) => c.done).length, of: item.checks.length })), h('ul.cards', item.checks.map((c, n) => h('li.card', h('p', { dir: 'auto' }, c.text),
    c.done && c.on && h('p.note', t('checks.ticked', { day: day(c.on), name: c.by?.name ?? '' })), c.done && !c.on && h('p.note', t('checks.done')),
    writes && action(t(c.done ? 'checks.untick' : 'checks.tick'), tick(n), { kind: 'quiet', 'aria-label': `${c.text}: ${t(c.done ? 'checks.untick' : 'checks.tick')}` })))));
}
