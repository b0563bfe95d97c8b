// What a team hopes for of one thing of the plan: by when, in words, and where check-ins
// tell of it as a range.

import { h } from './dom.js';
import { t } from './texts.js';
import { selectField, textField } from './forms.js';
import { measureName } from './courseview.js';
import { rowsField } from './rowsfield.js';

// expectField edits a list of expectations; measures are those that can be named.
export function expectField(name, measures, value = []) {
  const label = t('careplan.field.expect');
  const field = rowsField(name, label, (n) => {
    const was = value[n] ?? {}, at = (f) => `${name}[${n}].${f}`;
    const by = textField(at('by'), t('course.expect.by'), { type: 'date', value: was.by ?? '' });
    const words = textField(at('words'), t('course.expect.words'), { maxlength: '300', value: was.words ?? '', hint: t('course.expect.hint') });
    const measure = selectField(at('measure'), t('course.expect.measure'), [['', t('course.expect.none')], ...measures.map((m) => [m.measure, `${measureName(m.measure)} (${m.min}–${m.max}${m.unit ? ` ${m.unit}` : ''})`])], { value: was.measure ?? '' });
    const low = textField(at('low'), t('course.expect.low'), { type: 'number', step: 'any', inputmode: 'decimal', value: was.low ?? '' });
    const high = textField(at('high'), t('course.expect.high'), { type: 'number', step: 'any', inputmode: 'decimal', value: was.high ?? '' });
    const numbers = h('div', low.el, high.el);
    const show = () => { numbers.hidden = !measure.read(); };
    measure.input.addEventListener('change', show);
    show();
    return {
      fields: [by, words, measure, { ...low, el: numbers }, { ...high, el: h('span', { hidden: true }) }],
      read: () => (by.read() || words.read() ? { by: by.read(), words: words.read(), ...(measure.read() && { measure: measure.read(), ...numberOf('low', low), ...numberOf('high', high) }) } : null),
    };
  }, { start: value.length, max: 8 });
  return field;
}

const numberOf = (name, field) => (field.read() === '' ? {} : { [name]: Number(field.read()) });
