// The privacy officer sees which charts are closed to people who work here, and which could
// be ones to close.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { date } from '../format.js';

export default async function closedChartsScreen() {
  const list = h('ul.rows');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(`/v1/restricted-charts?limit=50${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...items.map((c) => row(c.patientId, c.patientName, [t(`closed.reason.${c.reason}`), t('closed.since', { date: date(c.since) }), c.readers.length === 0 && t('closed.nobody')])));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  const [hints] = await Promise.all([all('/v1/restricted-charts/hints'), show('')]);
  return {
    title: t('closed.charts'),
    lead: t('closed.charts.lead'),
    back: [t('menu.office'), '#/office'],
    body: [
      list.children.length > 0 ? list : h('p.card', t('closed.none')), more,
      hints.length > 0 && h('section', h('h2', t('closed.hints')), h('p.note', t('closed.hints.why')),
        h('ul.rows', hints.map((one) => row(one.patientId, one.patientName, [t(`closed.hint.${one.why}`, { name: one.staffName })])))),
    ],
  };
}

const row = (id, name, notes) => h('li', h('a.row', { href: `#/office/closed/${id}` },
  h('span', name ?? '', notes.filter(Boolean).map((words) => h('span.note', words))), icon('on')));
