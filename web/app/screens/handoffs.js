// The handoffs of a patient: who has them, what is on its way, and what went before.

import { action } from '../action.js';
import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';
import { settingWords } from '../handoffview.js';

export default async function handoffsScreen(ctx) {
  const list = h('ul.rows');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(ctx.api(`handoffs?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...(items ?? []).map((it) => row(it, ctx)));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  await show('');
  return {
    title: t('handoff.title'),
    lead: t('handoff.lead'),
    back: await chartBack(ctx),
    body: [h('a.button.main', { href: ctx.at('handoffs/new') }, t('handoff.new')),
      list.children.length > 0 ? list : h('p.card', t('handoff.none')), more,
      h('a.button.quiet', { href: '#/handoff-report' }, t('handoff.report'))],
  };
}

const row = (it, ctx) => h('li', h('a.row', { href: ctx.at(`handoffs/${it.id}`) },
  h('span', t(`handoff.status.${it.status}`, { name: it.acceptedBy?.name ?? it.asked.at(-1).name }),
    h('span.note', [t('handoff.from', { name: it.giver.name }), dateTime(it.givenAt), settingWords(it)].filter(Boolean).join(' · '))), icon('on')));
