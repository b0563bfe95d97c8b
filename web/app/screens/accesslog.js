// Who opened or changed my record, newest first, a page at a time.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { nameOf } from '../chartback.js';
import { date, dateTime, number } from '../format.js';

export default async function accessLogScreen({ api, own, patientId }) {
  const list = h('ul.cards');
  const more = h('div');
  await page('');
  async function page(cursor) {
    const { items, next } = await read(api(`access-log?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...together(items).map(entry));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  }
  return { title: t('more.access-log'), lead: own && t('access-log.lead'), back: own ? [t('menu.more'), '#/more'] : [await nameOf(patientId), `#/p/${patientId}`], body: [list, more] };
}

// together puts what one person did on one day, one thing after the other, into one
// entry, so that the visits of others are not lost among one's own.
function together(lines) {
  const out = [];
  for (const line of lines) {
    const last = out.at(-1);
    const same = last && !(line.count > 1) && !(last.count > 1) && ['who', 'role', 'why', 'outcome'].every((k) => last[k] === line[k]) && date(last.at) === date(line.at);
    if (!same) out.push({ ...line, what: new Map([[line.what, 1]]) });
    else last.what.set(line.what, (last.what.get(line.what) ?? 0) + 1);
  }
  return out;
}

const entry = (line) => h('li.card',
  h('h2', line.who, line.role && h('span.note', ` · ${line.role}`)),
  h('ul.dots', [...line.what].map(([what, n]) => h('li', n > 1 ? t('access-log.times', { what, n: number(n) }) : what))),
  line.count > 1 && h('p.note', t('access-log.often', { n: number(line.count), time: dateTime(line.lastAt) })),
  line.why && h('p.note', line.why),
  h('p.note', h('time', { datetime: line.at }, dateTime(line.at))));
