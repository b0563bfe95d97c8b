// When visits suit the patient. It is a wish: all other times can still be had.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { choiceField, form } from '../forms.js';
import { day } from '../format.js';
import { sayNext } from '../frame.js';
import { timeIn } from '../clocks.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const TIMES = { morning: ['08:00', '12:00'], afternoon: ['12:00', '17:00'], evening: ['17:00', '21:00'] };
const A_MONDAY = 5; // of January 1970

const dayName = (i) => day(`1970-01-${String(A_MONDAY + i).padStart(2, '0')}`, { weekday: 'long' });
const clock = (time) => timeIn(`1970-01-05T${time}:00Z`, 'UTC');

export default async function suitingScreen(ctx) {
  const path = ctx.api('visit-preference');
  const { data: is, etag } = await call('GET', path);
  const windows = is.windows ?? [];
  const days = choiceField('windows.days', t('suiting.days'), DAYS.map((d, i) => [d, dayName(i)]),
    { many: true, value: DAYS.filter((d) => windows.some((w) => w.days.includes(d))) });
  const times = choiceField('windows', t('suiting.times'), Object.entries(TIMES).map(([name, [from, to]]) => [name, t(`suiting.${name}`, { from: clock(from), to: clock(to) })]),
    { many: true, value: Object.keys(TIMES).filter((name) => windows.some((w) => w.from === TIMES[name][0])) });
  const send = async () => {
    const chosen = days.read().length > 0 ? days.read() : DAYS;
    const next = (times.read().length > 0 ? times.read() : days.read().length > 0 ? Object.keys(TIMES) : []).map((name) => ({ days: chosen, from: TIMES[name][0], to: TIMES[name][1] }));
    await call('PUT', path, { body: { ...is, windows: next }, etag });
    sayNext(t('suiting.saved'));
    ctx.go(ctx.at('visits/new'));
  };
  return { title: t('suiting.title'), lead: t('suiting.lead'), back: [t('newvisit.title'), ctx.at('visits/new')], body: h('div.card', form([days, times], send)) };
}
