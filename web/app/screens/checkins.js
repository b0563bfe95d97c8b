// Past check-ins: lines over time with honest gaps, then what was answered, newest
// first. Patients and their team see the same answers; neither is shown a score here.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { dateTime, localDay, number } from '../format.js';
import { trend } from '../trend.js';

const DAYS = 30;
const measures = ['mood', 'craving', 'sleep'];

export default async function checkInsScreen(ctx) {
  const range = `from=${localDay(1 - DAYS)}&to=${localDay()}`;
  const asked = new Map((await all('/v1/questions')).map((q) => [q.id, q]));
  const series = await Promise.all(measures.map((measure) => read(ctx.api(`series?measure=${measure}&${range}`))));
  const list = h('ul.cards');
  const more = h('div');
  await page('');
  async function page(cursor) {
    const { items, next } = await read(ctx.api(`check-ins?limit=30${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    list.append(...(items ?? []).map((entry) => card(entry, asked)));
    more.replaceChildren(...(next ? [action(t('list.more'), () => page(next), { kind: 'quiet' })] : []));
  }
  return {
    title: t(ctx.own ? 'more.check-ins' : 'chart.check-ins'),
    lead: t('checkins.lead', { n: DAYS }),
    back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [series.map((s) => trend(t(`measure.${s.measure}`), s.points, s.min, s.max)),
      h('h2', t('checkins.list')), list, more],
  };
}

const card = (entry, asked) => h('li.card', h('h3', h('time', { datetime: entry.answeredAt }, dateTime(entry.answeredAt))),
  h('dl.answers', Object.entries(entry.answers).map(([id, value]) =>
    h('div', h('dt', asked.get(id)?.ask ?? id), h('dd', words(asked.get(id), value))))));

function words(question, value) {
  if (value === true) return t('question.yes');
  if (value === false) return t('question.no');
  if (typeof value === 'number') return number(value);
  return question?.choiceTexts?.[value] ?? value;
}
