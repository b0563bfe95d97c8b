// Who opened or changed my record, newest first, a page at a time.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { dateTime } from '../format.js';

export default async function accessLogScreen({ api }) {
  const list = h('ul.cards');
  const more = h('div');
  await page('');
  async function page(cursor) {
    const { items, next } = await read(api(`access-log?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...items.map(entry));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  }
  return { title: t('more.access-log'), lead: t('access-log.lead'), back: [t('menu.more'), '#/more'], body: [list, more] };
}

const entry = (line) => h('li.card',
  h('h2', line.who, line.role && h('span.note', ` · ${line.role}`)),
  h('p', line.what),
  line.why && h('p.note', line.why),
  h('p.note', h('time', { datetime: line.at }, dateTime(line.at))));
