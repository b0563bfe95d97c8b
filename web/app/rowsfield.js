// Rows of several fields each, with a way to add one: what listField is for texts, for any
// fields.

import { h, button } from './dom.js';
import { t } from './texts.js';

// rowsField takes make(), which gives the fields of a row and what is read of them: null for
// a row that is left empty. Errors of rows are shown above the form.
export function rowsField(name, label, make, { start = 0, max = 20 } = {}) {
  const rows = [];
  const list = h('div');
  const error = h('p.field-error', { hidden: true });
  const add = () => {
    const row = make(rows.length);
    rows.push(row);
    list.append(h('fieldset.card', h('legend', `${label} ${rows.length}`), row.fields.map((f) => f.el)));
    more.hidden = rows.length >= max;
    return row;
  };
  const more = button(t('list.add'), () => add().fields[0].focus(), { kind: 'quiet.small' });
  for (let i = 0; i < start; i++) add();
  return {
    name, label, el: h('div.field', h('h2', label), error, list, more),
    read: () => rows.map((r) => r.read()).filter(Boolean),
    focus: () => (rows[0]?.fields[0] ?? { focus: () => more.focus() }).focus(),
    fail(words) {
      error.hidden = !words;
      error.textContent = words ?? '';
    },
  };
}
