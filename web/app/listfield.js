// A list that grows: rows of a few fields each, with a way to add and to take away.

import { h, button } from './dom.js';
import { t } from './texts.js';
import { checkField, choiceField, selectField, textField } from './forms.js';
import { weekdayName } from './hours.js';
import { weekdays } from './weekrule.js';

// columns are {name, label, kind: 'text' | 'check' | 'phone' | 'days' | 'select', ...input
// props}; a select has options, and given where nothing is chosen yet. With one column
// named "" the list holds plain texts. Empty rows are not read.
/** @param {string} name @param {string} label @param {any[]} columns @param {any[]} [values] @param {{ hint?: any, max?: number }} [more] */
export function listField(name, label, columns, values = [], { hint, max = 30 } = {}) {
  const rows = [];
  const list = h('ul.plain');
  const more = button(t('list.add'), () => {
    addRow(undefined);
    rows.at(-1).fields[0].focus();
  }, { kind: 'quiet.small' });
  function addRow(value) {
    const fields = columns.map((column) => cell(column, column.name ? value?.[column.name] : value));
    const row = { fields, kept: value };
    const remove = button(t('list.remove'), () => {
      rows.splice(rows.indexOf(row), 1);
      row.el.remove();
      more.hidden = rows.length >= max;
      more.focus();
    }, { kind: 'danger.small' });
    row.el = h('li', fields.map((f) => f.el), remove);
    rows.push(row);
    list.append(row.el);
    more.hidden = rows.length >= max;
  }
  values.forEach(addRow);
  // What stands in a select by itself makes no row.
  const filled = () => rows.filter((row) => row.fields.some((f, i) => columns[i].kind !== 'select' && (f.read()?.length ?? f.read())));
  return {
    name, label, add: addRow,
    el: h('fieldset.field', h('legend', label), hint && h('p.hint', hint), list, more),
    read: () => filled().map((row) => (columns[0].name ? object(columns, row) : row.fields[0].read())),
    first: () => { // where an error of the whole list can stand
      if (rows.length === 0) addRow(undefined);
      return rows[0].fields[0];
    },
    get fields() {
      return filled().flatMap((row, i) => row.fields.map((f, j) =>
        Object.assign(f, { name: `${max === 1 ? name : `${name}[${i}]`}${columns[j].name && `.${columns[j].name}`}` })));
    },
  };
}

const cells = {
  check: (name, label, value) => checkField(name, label, { checked: Boolean(value) }),
  days: (name, label, value) => daysField(name, label, value),
  phone: (name, label, value, props) => textField(name, label, { type: 'tel', autocomplete: 'off', value: value?.display ?? '', ...props }),
  select: (name, label, value, { options, given }) => selectField(name, label, options, { value: value ?? given }),
  text: (name, label, value, props) => textField(name, label, { value: value ?? '', ...props }),
};

function daysField(name, label, value) {
  const field = choiceField(name, label, weekdays.map((d) => [d, weekdayName(d)]), { value, many: true });
  field.el.classList.add('days');
  return field;
}

const cell = ({ name, label, kind = 'text', ...props }, value) => cells[kind](name, label, value, props);

const answers = {
  check: (field) => field.read(),
  days: (field) => field.read(),
  select: (field) => field.read() || undefined,
  phone: (field, before) => phoneOf(field.read(), before),
  text: (field) => field.read() || undefined,
};

// object keeps what the row had and this form does not show.
const object = (columns, row) => ({ ...row.kept, ...Object.fromEntries(columns.map(({ name, kind = 'text' }, i) =>
  [name, answers[kind](row.fields[i], row.kept?.[name])])) });

// phoneOf reads a typed number. The same words as before are the same number.
export function phoneOf(typed, before) {
  if (!typed) return undefined;
  return before?.display === typed ? before : { number: typed, display: typed, takes: before?.takes ?? 'calls' };
}
