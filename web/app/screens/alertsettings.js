// An administrator says when somebody answers alerts and who answers at last. Until
// this is confirmed nobody is called, and patients are told so.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { dateTime } from '../format.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { weekdayName } from '../hours.js';

const week = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export default async function alertSettingsScreen({ again }) {
  const { data: now, etag } = await call('GET', '/v1/alert-settings');
  const people = (await Promise.all(['administrator', 'clinician'].map((role) => all(`/v1/accounts?role=${role}&limit=100`)))).flat().filter((a) => a.status === 'active');
  const first = now.hours.windows[0];
  // Hours that differ from day to day were set elsewhere: this form can't show them, and
  // leaves them as they are.
  const mixed = now.hours.windows.some((w) => w.from !== first.from || w.to !== first.to) || new Set(now.hours.windows.map((w) => w.day)).size < now.hours.windows.length;
  const days = choiceField('hours.windows', t('alerts.days'), week.map((name, i) => [i + 1, weekdayName(name, 'long')]), { many: true, value: [...new Set(now.hours.windows.map((w) => w.day))] });
  const from = textField('from', t('alerts.from'), { type: 'time', value: first?.from ?? '09:00' });
  const to = textField('to', t('alerts.to'), { hint: t('alerts.to.hint'), value: first?.to ?? '17:00', maxlength: '5', inputmode: 'numeric' });
  const zone = textField('hours.zone', t('alerts.zone'), { value: now.hours.zone, maxlength: '64' });
  const failSafe = selectField('failSafe', t('alerts.failsafe'), people.map((a) => [a.id, a.name]), { hint: t('alerts.failsafe.hint'), value: now.failSafe || people[0]?.id });
  const confirmed = checkField('confirmed', t('alerts.confirm'), { checked: now.on });
  const send = async () => {
    const windows = mixed ? now.hours.windows : days.read().map((day) => ({ day, from: from.read(), to: to.read() }));
    await call('PUT', '/v1/alert-settings', { etag, body: { hours: { zone: zone.read(), windows }, failSafe: failSafe.read(), confirmed: confirmed.read() } });
    sayNext(t('alerts.saved'));
    again();
  };
  return {
    title: t('alerts.title'),
    lead: t('alerts.lead'),
    back: [t('menu.office'), '#/office'],
    body: [h('a.button.quiet', { href: '#/alert-drills' }, t('drill.title')), h(now.on ? 'p.card' : 'p.warn', now.on ? t('alerts.on', { name: now.confirmedBy, time: dateTime(now.confirmedAt) }) : t('alerts.off')),
      mixed && h('div.card', h('p', t('alerts.mixed')), h('ul.dots', now.hours.windows.map((w) => h('li', `${weekdayName(week[w.day - 1], 'long')} ${w.from}–${w.to}`)))),
      form([...(mixed ? [] : [days, from, to]), zone, failSafe, confirmed], send, { submit: t('alerts.save'), check: () => (mixed ? [] : required(days)) })],
  };
}
