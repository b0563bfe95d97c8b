// The weekly hours of a clinician: rows of days, from, to and where, with a way to
// add one and to take one away.

import { h, button } from './dom.js';
import { t } from './texts.js';
import { choiceField, selectField, textField } from './forms.js';
import { day } from './format.js';
import { weekdayName } from './hours.js';
import { uuid7 } from './uuid.js';
import { daysOf, everyOf, simple, untilOf, weekdays, withDays } from './weekrule.js';

const MAX = 30; // rows

// hoursField takes the day that it is where the person works: new hours hold from then on.
export function hoursField(values, sites, today) {
  const rows = [];
  const list = h('ul.plain');
  const more = button(t('hours.add'), () => {
    add(null);
    rows.at(-1).fields[0].focus();
  }, { kind: 'quiet.small' });
  function add(value) {
    const row = value && !simple(value) ? keptRow(value) : weeklyRow(value, sites, today);
    const remove = button(t('hours.remove'), () => {
      rows.splice(rows.indexOf(row), 1);
      item.remove();
      number();
      more.focus();
    }, { kind: 'danger.small' });
    const item = h('li', h('fieldset', h('legend'), row.el, remove));
    row.number = (n) => {
      item.querySelector('legend').textContent = t('hours.row', { n });
      remove.setAttribute('aria-label', t('hours.remove-named', { n }));
    };
    rows.push(row);
    list.append(item);
    number();
  }
  function number() {
    rows.forEach((row, i) => row.number(i + 1));
    more.hidden = rows.length >= MAX;
  }
  values.forEach(add);
  return {
    name: 'hours', label: t('hours.weekly'),
    el: h('section.field', h('h2', t('hours.weekly')), h('p.hint', t('hours.weekly.hint'), ' ', t('hours.to.hint')), list, more),
    read: () => rows.map((row) => row.read()),
    missing: () => rows.flatMap((row) => row.fields.filter((f) => f.read().length === 0)),
    get fields() {
      return rows.flatMap((row, i) => row.fields.map((f) => Object.assign(f, { name: `hours[${i}].${f.part}` })));
    },
  };
}

function weeklyRow(value, sites, today) {
  const named = (field, part) => Object.assign(field, { part });
  const days = named(choiceField('', t('hours.days'), weekdays.map((d) => [d, weekdayName(d)]), { value: value ? daysOf(value) : [], many: true }), 'rrule');
  const from = named(textField('', t('hours.from'), { type: 'time', value: value?.start.slice(11, 16) ?? '09:00' }), 'start');
  const to = named(textField('', t('hours.to'), { type: 'time', value: value?.end.replace('24:00', '00:00') ?? '17:00' }), 'end');
  const where = named(selectField('', t('hours.where'), [['', t('hours.nowhere')], ...sites.map((s) => [s.id, s.name])], { value: value?.site ?? '' }), 'site');
  days.el.classList.add('days');
  const notes = value && [everyOf(value) > 1 && t('hours.every', { n: everyOf(value) }), untilOf(value) && t('hours.until', { day: day(untilOf(value)) }),
    value.modalities?.length > 0 && t('hours.only', { how: value.modalities.map((m) => t(`visit.how.${m}`)).join(', ') })].filter(Boolean);
  return {
    fields: [days, from, to],
    el: h('div', days.el, h('div.pair', from.el, to.el), sites.length > 0 && where.el, notes?.length > 0 && h('p.note', notes.join(' '))),
    read: () => withDays({ ...(value ?? { id: uuid7() }), site: where.read() || undefined },
      { days: days.read(), from: from.read(), to: to.read() }, today),
  };
}

// keptRow is a rule that this form has no fields for.
const keptRow = (value) => ({ fields: [], read: () => value,
  el: h('p', t('hours.kept', { from: value.start.slice(11, 16), to: value.end }), ' ', h('bdi.note', value.rrule)) });
