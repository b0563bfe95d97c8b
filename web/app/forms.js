// Form parts: each field has a label, a hint and a place for its error, tied
// together for screen readers. A form shows all of its errors at once, above.

import { h, fill, button, once } from './dom.js';
import { t } from './texts.js';
import { fieldWords, problemWords } from './problems.js';

let count = 0;
const unique = () => `f${++count}`;

/**
 * A field. name is the JSON path that the server would use for it.
 * @typedef {{ name: string, label: string, el: HTMLElement, read(): any, focus(): void, fail(words?: string | null): void, [more: string]: any }} Field
 * @typedef {{ hint?: any, value?: any, checked?: boolean, area?: boolean, many?: boolean, row?: boolean, [attribute: string]: any }} Options
 */

/** @param {any} input @param {Record<string, any>} [extra] @returns {Field} */
function wrap(name, label, hint, input, extra = {}) {
  const id = input.id;
  const error = h('p.field-error', { id: `${id}-error`, hidden: true });
  const note = hint && h('p.hint', { id: `${id}-hint` }, hint);
  const describe = (failed) => [note && note.id, failed && error.id].filter(Boolean).join(' ');
  if (note) input.setAttribute('aria-describedby', describe(false));
  return {
    name, label,
    el: h('div.field', h('label', { for: id }, label), note, error, input),
    read: () => input.value.trim(),
    focus: () => input.focus(),
    fail(words) {
      error.hidden = !words;
      error.textContent = words ?? '';
      input.toggleAttribute('aria-invalid', false);
      if (words) input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', describe(Boolean(words)));
    },
    ...extra,
  };
}

/** @param {string} name @param {string} label @param {Options} [more] */
export function textField(name, label, { hint, value = '', area = false, ...props } = {}) {
  const input = h(area ? 'textarea' : 'input', { id: unique(), value, rows: area && '3', ...props });
  return wrap(name, label, hint, input, { input });
}

/** @param {string} name @param {string} label @param {any[]} options @param {Options} [more] */
export function selectField(name, label, options, { hint, value } = {}) {
  const input = h('select', { id: unique() }, options.map(([v, words]) => h('option', { value: v }, words)));
  if (value !== undefined) input.value = value;
  return wrap(name, label, hint, input, { input });
}

/** @param {string} name @param {string} label @param {Options} [more] */
export function checkField(name, label, { checked = false, hint } = {}) {
  const input = h('input', { id: unique(), type: 'checkbox', checked });
  const field = wrap(name, label, hint, input, { input, read: () => input.checked });
  field.el = h('div.field.check', h('label.choice', { for: input.id }, input, h('span', label)), [...field.el.children].slice(1, -1));
  return field;
}

// choiceField is a group of radio buttons, or of checkboxes with many: its value
// is one of the values (null when none was chosen), or a list.
/** @param {string} name @param {string} label @param {any[]} options @param {Options} [more] @returns {Field} */
export function choiceField(name, label, options, { hint, value, many = false, row = false } = {}) {
  const group = unique();
  const chosen = many ? value ?? [] : [value];
  const inputs = options.map(([v]) => h('input', {
    id: unique(), type: many ? 'checkbox' : 'radio', name: group, checked: chosen.includes(v) }));
  const error = h('p.field-error', { id: `${group}-error`, hidden: true });
  const set = h(row ? 'fieldset.row' : 'fieldset', { id: group },
    h('legend', label), hint && h('p.hint', { id: `${group}-hint` }, hint), error,
    h('div.choices', options.map(([, words], i) => h('label.choice', { for: inputs[i].id }, inputs[i], h('span', words)))));
  const picked = () => options.filter((_, i) => inputs[i].checked).map(([v]) => v);
  const describe = () => [hint && `${group}-hint`, !error.hidden && error.id].filter(Boolean).join(' ');
  if (hint) set.setAttribute('aria-describedby', describe());
  return {
    name, label, el: h('div.field', set), inputs,
    read: () => (many ? picked() : picked()[0] ?? null),
    focus: () => inputs[0].focus(),
    fail(words) {
      error.hidden = !words;
      error.textContent = words ?? '';
      set.setAttribute('aria-describedby', describe());
    },
  };
}

// form gives an element that checks, sends and shows what was refused. send is
// called with nothing to prevent; the fields are read by the caller.
/** @param {any[]} fields @param {() => unknown} send
 * @param {{ submit?: string, check?: () => Array<[Field, string] | any[]>, after?: any }} [more] */
export function form(fields, send, { submit, check = () => [], after } = {}) {
  const summary = h('div.problem', { tabindex: '-1', hidden: true });
  const go = button(submit ?? t('form.save'), null, { type: 'submit' });
  const el = h('form', { novalidate: true, onsubmit: (event) => { event.preventDefault(); once(go, attempt); } },
    summary, fields.map((f) => f.el ?? f), h('div.actions', go, after));
  const real = () => fields.flatMap((f) => (f.fail ? [f] : f.fields ?? []));
  async function attempt() {
    real().forEach((f) => f.fail(null));
    summary.hidden = true;
    const missing = check();
    if (missing.length) return show(t('form.fix'), missing);
    try {
      await send();
    } catch (problem) {
      show(problemWords(problem), fieldWords(problem, real()));
    }
  }
  function show(words, failed) {
    failed.forEach(([field, text]) => field.fail(text));
    fill(summary, h('p', words), failed.length > 0 && h('ul', failed.map(([field, text]) => h('li',
      h('a', { href: '#', onclick: (event) => lead(event, field) }, `${field.label}: ${text}`)))));
    summary.hidden = false;
    summary.focus();
  }
  return el;
}

// lead goes to the field of an error. Not before the key that asked for it is done:
// an Enter that reaches the field sends the form again.
function lead(event, field) {
  event.preventDefault();
  setTimeout(() => field.focus(), 50);
}

// required lists the fields that are empty, for form's check.
export const required = (...fields) =>
  fields.filter((f) => !f.read() || f.read().length === 0).map((f) => [f, t('form.required')]);
