// When a patient wants to be told of a medicine. It has no name and no amount here:
// a reminder needs neither.

import { button, fill, h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { choiceField, form, selectField, textField } from './forms.js';
import { listField } from './listfield.js';
import { weekdayName } from './hours.js';
import { uuid7 } from './uuid.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const CLOCKS = ['here', 'home', 'every'];
const MOST = 4; // medicines, and times of each

export async function medicineTimesCard(path, done) {
  const { data, etag } = await call('GET', path);
  const list = medicineList(data.items);
  const send = async () => {
    await call('PUT', path, { body: { items: list.read() }, etag });
    await done();
  };
  return h('section.card', h('h2', t('medicine-times.title')), h('p.hint', t('medicine-times.lead')), form([list], send, { check: list.check }));
}

function medicineList(items) {
  const rows = [];
  const list = h('div');
  const more = button(t('medicine-times.add'), () => {
    rows.push(medicine({ id: uuid7(), clock: 'here', times: [] }));
    show();
    rows.at(-1).clock.focus();
  }, { kind: 'quiet.small' });
  const remove = (row) => button(t('medicine-times.remove'), () => {
    rows.splice(rows.indexOf(row), 1);
    show();
    more.focus();
  }, { kind: 'danger.small' });
  function show() {
    fill(list, rows.map((row, i) => h('fieldset.field', h('legend', t('medicine-times.one', { n: i + 1 })), row.el, remove(row))));
    more.hidden = rows.length >= MOST;
  }
  rows.push(...items.map(medicine));
  show();
  return {
    el: h('div.field', list, more),
    read: () => rows.map((row) => row.read()),
    check: () => rows.flatMap((row) => row.check()),
    get fields() { return rows.flatMap((row, i) => row.fields(`items[${i}]`)); },
  };
}

function medicine(item) {
  const clock = selectField('clock', t('medicine-times.clock'), CLOCKS.map((c) => [c, t(`medicine-times.clock.${c}`)]), { value: item.clock });
  const times = listField('times', t('medicine-times.times'), [{ name: '', label: t('medicine-times.time'), type: 'time' }],
    item.times?.length > 0 ? item.times : [''], { max: MOST });
  const days = choiceField('days', t('medicine-times.days'), DAYS.map((d) => [d, weekdayName(d)]), { many: true, value: item.days?.length > 0 ? item.days : DAYS });
  days.el.classList.add('days');
  const every = textField('everyHours', t('medicine-times.every'), { type: 'number', inputmode: 'numeric', min: 24, max: 8784, value: item.everyHours ?? 72, hint: t('medicine-times.every.hint') });
  const first = textField('first', t('medicine-times.first'), { type: 'datetime-local', value: localInput(item.first) });
  const byDay = h('div', times.el, days.el);
  const byHours = h('div', every.el, first.el);
  const choose = () => {
    byDay.hidden = clock.read() === 'every';
    byHours.hidden = !byDay.hidden;
  };
  clock.input.addEventListener('change', choose);
  choose();
  const onDays = () => (days.read().length === DAYS.length ? undefined : days.read());
  return {
    clock,
    el: h('div', clock.el, byDay, byHours),
    read: () => ({ id: item.id, clock: clock.read(), ...(byDay.hidden
      ? { everyHours: Number(every.read()), first: new Date(first.read()).toISOString() }
      : { times: times.read().toSorted(), days: onDays() }) }),
    check: () => missing(byDay.hidden ? [every, first] : [times, days], times),
    fields: (at) => [clock, every, first, days].map((f) => Object.assign(f, { name: `${at}.${f.name.split('.').at(-1)}` }))
      .concat(times.fields.map((f) => Object.assign(f, { name: `${at}.${f.name.slice(f.name.lastIndexOf('times'))}` }))),
  };
}

// missing lists what is empty. A list of times has no place for an error of its own:
// its first field has.
const missing = (wanted, times) => wanted.filter((f) => f.read().length === 0).map((f) => [f === times ? times.first() : f, t('form.required')]);

// localInput is what a field for a local time holds.
function localInput(instant) {
  if (!instant) return '';
  const d = new Date(instant);
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
