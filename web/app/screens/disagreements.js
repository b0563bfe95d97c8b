// What the team of a patient does not agree on. The team sees who brings it to an end and
// until when; a patient sees what they are asked.

import { action } from '../action.js';
import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { date } from '../format.js';

export default async function disagreementsScreen(ctx) {
  const team = ctx.me.role === 'clinician';
  const list = h('ul.rows');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(ctx.api(`disagreements?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...(items ?? []).map((it) => row(it, ctx, team)));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  await show('');
  return {
    title: t(team ? 'disagreement.title' : 'disagreement.own'),
    lead: t(team ? 'disagreement.lead' : 'disagreement.own.lead'),
    back: ctx.own ? [t('careplan.team'), '#/my-team'] : await chartBack(ctx),
    body: [team && h('a.button.main', { href: ctx.at('disagreements/new') }, t('disagreement.new')),
      list.children.length > 0 ? list : h('p.card', t('disagreement.none')), more],
  };
}

const row = (it, ctx, team) => h('li', h('a.row', { href: ctx.at(`disagreements/${it.id}`) },
  h('span', { dir: 'auto' }, team ? it.question : it.forPatient,
    h('span.note', [t(`disagreement.status.${it.status}`), it.status === 'open' && t('disagreement.until', { name: it.owner.name, day: date(it.dueAt) }), it.overdue && t('task.overdue')].filter(Boolean).join(' · '))), icon('on')));
