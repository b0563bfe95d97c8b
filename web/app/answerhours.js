// When somebody answers a number (models.PlanHours): as before, day and night, or at
// hours of the week on the clinic's clock.

import { h } from './dom.js';
import { t } from './texts.js';
import { choiceField } from './forms.js';
import { listField } from './listfield.js';
import { zoneName } from './clocks.js';

const MOST = 7; // stretches

// answerHours gives a field that reads as hours; undefined leaves them as they are.
export function answerHours(now, zone) {
  const clock = now?.zone || zone;
  const how = choiceField('hours', t('answers.title'), [['kept', t(now ? 'answers.kept' : 'answers.unsaid')],
    ['always', t('answers.always')], ['weekly', t('answers.weekly')]], { value: 'kept' });
  const rows = listField('hours.open', t('answers.when'), [{ name: 'days', kind: 'days', label: t('hours.days') },
    { name: 'from', label: t('hours.from'), type: 'time' }, { name: 'to', label: t('hours.to'), type: 'time' }],
  (now?.open ?? [{ days: [], from: '09:00', to: '17:00' }]).map(shown), { max: MOST, hint: t('answers.clock', { zone: zoneName(clock) }) });
  const when = h('div', { hidden: true }, rows.el);
  how.inputs.forEach((input) => input.addEventListener('change', () => { when.hidden = how.read() !== 'weekly'; }));
  return {
    el: h('div', how.el, when),
    get fields() { return how.read() === 'weekly' ? [how, ...rows.fields] : [how]; },
    read: () => ({ always: { always: true }, weekly: { zone: clock, open: rows.read().map(sent) } })[how.read()],
    missing: () => (how.read() !== 'weekly' ? [] : rows.fields.length === 0 ? [[rows.first(), t('form.required')]]
      : rows.fields.filter((f) => f.read().length === 0).map((f) => [f, t('form.required')])),
  };
}

// A browser's time field knows no 24:00.
const shown = (open) => ({ ...open, to: open.to === '24:00' ? '00:00' : open.to });
const sent = (open) => ({ ...open, to: open.to === '00:00' ? '24:00' : open.to });
