// Makes the field of a question, by its kind, and reads the answer as the API wants
// it. Every question may be skipped: null is no answer.

import { h } from './dom.js';
import { t } from './texts.js';
import { checkField, choiceField, textField } from './forms.js';
import { number } from './format.js';

// What somebody chose who would rather not say: no answer, and told apart from a skip.
export const RATHER_NOT = 'rather-not';

const steps = (low, high) => Array.from({ length: high - low + 1 }, (_, i) => low + i);

const kinds = {
  scale: (q) => choiceField(q.id, q.ask, steps(q.min, q.max).map((n) => [n, number(n)]).concat([rather()]),
    { row: true, hint: q.low && t('question.ends', { min: number(q.min), low: q.low, max: number(q.max), high: q.high }) }),
  'yes-no': (q) => choiceField(q.id, q.ask, [[false, t('question.no')], [true, t('question.yes')], rather()]),
  choice: (q) => choiceField(q.id, q.ask, [...q.choices.map((code) => [code, q.choiceTexts[code]]), rather()]),
  text: (q) => textField(q.id, q.ask, { area: true, maxlength: String(q.maxText) }),
  number: (q) => numberField(q),
};

const rather = () => [RATHER_NOT, t('question.rather-not')];

export const questionField = (q) => kinds[q.kind](q);

function numberField(q) {
  const field = textField(q.id, q.ask, { type: 'number', inputmode: 'decimal',
    min: String(q.min), max: String(q.max), step: '0.5', hint: t(`question.unit.${q.unit}`) });
  const not = checkField(`${q.id}-declined`, t('question.rather-not'));
  field.input.addEventListener('input', () => { not.input.checked = false; });
  not.input.addEventListener('change', () => { if (not.input.checked) field.input.value = ''; });
  const read = () => (field.input.value === '' ? null : Number(field.input.value));
  return { ...field, el: h('div', field.el, not.el), valid: () => not.read() || field.input.checkValidity(), read: () => (not.read() ? RATHER_NOT : read()) };
}

// instrumentFields makes a standard questionnaire: {el, fields, read(), declined()}.
// declined are the items to which somebody would rather not say.
export function instrumentFields(instrument) {
  const fields = instrument.items.map((item) => choiceField(item.n, item.text, [...item.options.map((o) => [o.value, o.text]), rather()]));
  return {
    fields,
    el: h('section.group', { lang: instrument.language }, h('h2', instrument.title), instrument.stem && h('p.lead', instrument.stem),
      fields.map((field) => field.el)),
    read: () => Object.fromEntries(fields.filter((f) => f.read() !== null && f.read() !== RATHER_NOT).map((f) => [f.name, f.read()])),
    declined: () => fields.filter((f) => f.read() === RATHER_NOT).map((f) => f.name),
  };
}
