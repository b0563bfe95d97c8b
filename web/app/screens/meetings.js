// The meetings about a patient. The team sees all of them, and may say something in
// writing to each; a patient sees those that they were told of.

import { action } from '../action.js';
import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';

export default async function meetingsScreen(ctx) {
  const list = h('ul.rows');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(ctx.api(`meetings?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...(items ?? []).map((m) => row(m, ctx)));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  await show('');
  const team = ctx.me.role === 'clinician';
  return {
    title: t(team ? 'meeting.title' : 'meeting.own'),
    lead: t(team ? 'meeting.lead' : 'meeting.own.lead'),
    back: ctx.own ? [t('careplan.team'), '#/my-team'] : await chartBack(ctx),
    body: [team && h('a.button.main', { href: ctx.at('meetings/new') }, t('meeting.call')),
      list.children.length > 0 ? list : h('p.card', t(team ? 'meeting.none' : 'meeting.own.none')), more],
  };
}

const row = (m, ctx) => h('li', h('a.row', { href: ctx.own ? `#/told/${m.meetingId}` : ctx.at(`meetings/${m.meetingId}`) },
  h('span', dateTime(m.start), h('span.note', [m.topic, m.calledOff && t('meeting.off'), m.told && t('meeting.told')].filter(Boolean).join(' · '))), icon('on')));
