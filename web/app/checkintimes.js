// When a patient wants to check in: their own times, on their own days.

import { h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { choiceField, form } from './forms.js';
import { listField } from './listfield.js';
import { weekdayName } from './hours.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export async function checkInTimesCard(path, done) {
  const { data, etag } = await call('GET', path);
  const times = listField('times', t('check-in-times.times'), [{ name: '', label: t('check-in-times.time'), type: 'time' }], data.times,
    { max: 4, hint: t('check-in-times.hint') });
  const days = choiceField('days', t('check-in-times.days'), DAYS.map((d) => [d, weekdayName(d)]),
    { many: true, value: data.days.length > 0 ? data.days : DAYS });
  days.el.classList.add('days');
  const send = async () => {
    const chosen = days.read();
    await call('PUT', path, { body: { times: times.read().toSorted(), days: chosen.length === DAYS.length ? [] : chosen }, etag });
    await done();
  };
  const check = () => (days.read().length === 0 ? [[days, t('form.required')]] : []);
  return h('section.card', h('h2', t('check-in-times.title')), form([times, days], send, { check }));
}
