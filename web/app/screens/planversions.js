// Every version of a crisis plan, the newest first: who wrote it, when it held, what it
// said.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { dateTime } from '../format.js';
import { contentBody } from '../planview.js';

export default async function planVersionsScreen(ctx) {
  const list = h('ul.cards');
  const more = h('div');
  const page = async (cursor) => {
    const { items, next } = await read(ctx.api(`crisis-plan/versions?limit=10${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...items.map(card));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  };
  await page('');
  return {
    title: t('plan.versions'), back: [t(ctx.own ? 'menu.plan' : 'chart.plan'), ctx.at('plan')],
    body: [list.childElementCount === 0 ? h('p.card', t('plan.none.other')) : list, more],
  };
}

const card = (v) => h('li.card', h('h2', t('plan.version', { n: v.version })), h('p', h('span.tag', t(`plan.state.${v.state}`))),
  h('p.note', h('bdi', v.by.name), ' · ', dateTime(v.at)), v.why && h('p.quote', { dir: 'auto' }, v.why),
  v.activatedAt && h('p.note', t('plan.held-from', { time: dateTime(v.activatedAt) })), v.supersededAt && h('p.note', t('plan.held-to', { time: dateTime(v.supersededAt) })),
  h('details', h('summary', t('plan.says')), contentBody(v.content)));
