// What became of a goal: who changed what, the newest first, with what it said then.

import { h } from '../dom.js';
import { action } from '../action.js';
import { has, t } from '../texts.js';
import { read } from '../api.js';
import { dateTime } from '../format.js';

export default async function goalHistoryScreen({ api, at, params }) {
  const path = api(`goals/${params.goal}/history`);
  const list = h('ul.cards');
  const more = h('div');
  const page = async (cursor) => {
    const { items, next } = await read(`${path}?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...items.map(card));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  };
  await page('');
  return { title: t('goal.history'), back: [t('goal.back'), at(`goals/${params.goal}`)], body: [list, more] };
}

const card = (c) => h('li.card', h('h2', dateTime(c.at)), h('p.note', h('bdi', c.by.name), ' · ', t(`role.${c.by.role}`)),
  h('p', c.fields.length === 0 ? t('goal.history.first') : t('goal.history.fields', { fields: c.fields.map((f) => (has(`goal.field.${f}`) ? t(`goal.field.${f}`) : f)).join(', ') })),
  h('p.quote', { dir: 'auto' }, c.goal.title), c.goal.why && h('p.note', { dir: 'auto' }, c.goal.why),
  h('span.tag', t(`goal.status.${c.goal.lifecycleStatus}`)));
