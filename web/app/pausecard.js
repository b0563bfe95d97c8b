// A patient's own break from check-ins. It always ends, and says when.

import { h } from './dom.js';
import { action } from './action.js';
import { t } from './texts.js';
import { call } from './api.js';
import { day, localDay } from './format.js';

const BREAKS = [3, 7, 14, 30]; // days; the server takes 31 at the most

export async function pauseCard(path, done) {
  const { data, etag } = await call('GET', path);
  const rests = data.until > localDay();
  const set = (until) => async () => {
    await call('PUT', path, { body: { until }, etag });
    await done();
  };
  return h('section.card', h('h2', t('pause.title')), h('p', t('pause.lead')),
    rests && h('p', h('b', t('pause.until', { day: day(data.until) }))),
    h('div.actions', rests ? action(t('pause.end'), set(''), { kind: 'quiet' })
      : BREAKS.map((n) => action(t('pause.days', { n }), set(localDay(n)), { kind: 'quiet' }))));
}
