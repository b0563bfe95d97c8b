// My team: who does what, and what changed for me. It opens from what the phone keeps.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { dateTime } from '../format.js';
import { ownCarePlan } from '../keptcareplan.js';
import { callsPart } from '../handoffview.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { nameOfItem } from '../careplanview.js';

export default async function myTeamScreen(ctx) {
  const { plan, team, changes, moves = [], savedAt, old } = await ownCarePlan();
  const comments = !old && moves.length > 0 ? await commentsOn(ctx, 'handoff').catch(() => []) : []; // the team opens without them
  const does = (id) => plan.items.filter((i) => i.lead?.accountId === id && i.accepted);
  const helps = (id) => plan.items.filter((i) => i.helps?.some((p) => p.accountId === id));
  const open = plan.items.filter((i) => i.lead && !i.accepted);
  return {
    title: t('careplan.team'),
    back: [t('careplan.own'), '#/care-plan'],
    body: [old && h('p.card.warn', t('visits.saved', { time: dateTime(savedAt) })),
      moves.slice(0, 1).map((m) => h('section.card', h('h2', t('handoff.own', { place: t(`setting.${m.toSetting}`) })),
        h('p', t(m.acceptedBy ? 'handoff.own.with' : 'handoff.own.until', { name: m.acceptedBy?.name ?? m.giver.name })), callsPart(m),
        !old && commentPart(ctx, comments, 'handoff', m.id, t('handoff.own', { place: t(`setting.${m.toSetting}`) })))),
      team.length === 0 && h('p.card', t('team.none')),
      h('ul.cards', team.map((m) => h('li.card', h('h2', m.name), h('p', t(m.discipline ? `discipline.${m.discipline}` : `role.${m.role}`), m.lead && ` · ${t('team.lead')}`),
        does(m.accountId).length > 0 && [h('h3', t('careplan.does')), h('ul.dots', does(m.accountId).map((i) => h('li', { dir: 'auto' }, nameOfItem(plan, i.id))))],
        helps(m.accountId).length > 0 && [h('h3', t('careplan.helps-with')), h('ul.dots', helps(m.accountId).map((i) => h('li', { dir: 'auto' }, nameOfItem(plan, i.id))))]))),
      open.length > 0 && h('section.card', h('h2', t('careplan.open')), h('ul.dots', open.map((i) => h('li', { dir: 'auto' }, t('careplan.open.with', { name: nameOfItem(plan, i.id), who: i.lead.name }))))),
      changes.length > 0 && h('section', h('h2', t('careplan.changed')), h('ul.dots', changes.map((c) => h('li', { dir: 'auto' }, c.words)))),
      h('div.actions', !old && h('a.button.quiet', { href: '#/meetings' }, t('meeting.own')), !old && h('a.button.quiet', { href: '#/disagreements' }, t('disagreement.own')), h('a.button.quiet', { href: '#/care-plan-rules' }, t('careplan.rules')))],
  };
}
