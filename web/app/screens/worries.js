// What family and friends told the team about a patient. The patient is not shown it.

import { h, fill } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime } from '../format.js';

export default async function worriesScreen(ctx) {
  const list = h('ul.cards');
  const more = h('div');
  const page = async (cursor) => {
    const { items, next } = await read(ctx.api(`worries?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...items.map((w) => h('li.card', h('h2', t('worry.from', { name: w.by.name })), h('p.note', dateTime(w.at)),
      w.dangerNow && h('p.warn', t('worry.said-danger')), h('p.quote', { dir: 'auto' }, w.text))));
    fill(more, next && action(t('list.more'), () => page(next), { kind: 'quiet' }));
  };
  await page('');
  return { title: t('chart.worries'), lead: t('worry.third'), back: await chartBack(ctx), body: [list.children.length > 0 ? list : h('p.card', t('worry.none')), more] };
}
