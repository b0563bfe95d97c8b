// What the care plan said before: each change, by whom and why, what it meant for the
// patient, and the plan as it was then.

import { h, fill } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { date } from '../format.js';
import { aboutPart, nameOfItem } from '../careplanview.js';

export default async function carePlanVersionsScreen(ctx) {
  const path = ctx.api('care-plan/versions');
  const list = h('ul.cards');
  const more = h('div');
  const page = async (cursor) => {
    const { items, next } = await read(`${path}?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...items.map((c) => card(c, path)));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  };
  await page('');
  return {
    title: t('careplan.versions'), back: [t('careplan.own'), ctx.at('care-plan')],
    body: [list.childElementCount === 0 ? h('p.card', t('careplan.versions.none')) : list, more],
  };
}

function card(c, path) {
  const then = h('div', { 'aria-live': 'polite' });
  const show = async ({ target }) => {
    if (!target.open || then.hasChildNodes()) return;
    const was = await read(`${path}/${c.version}`);
    fill(then, was.differences.length > 0 && h('ul.dots', was.differences.map((d) => h('li', { dir: 'auto' }, d.words))),
      aboutPart(was.about), h('ul.dots', was.items.map((i) => h('li', { dir: 'auto' }, i.title || nameOfItem(was, i.id), ' ', h('span.note', i.why)))));
  };
  return h('li.card', h('h2', t('plan.version', { n: c.version })), h('p.note', h('bdi', c.by.name), ` · ${date(c.at)}`), c.reason && h('p.quote', { dir: 'auto' }, c.reason),
    h('details', { ontoggle: show }, h('summary', t('careplan.versions.then')), then));
}
