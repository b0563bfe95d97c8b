// One sentence a line: how people write what they agree to.

import { textField } from './forms.js';

// sentencesField reads a list of sentences.
/** @param {string} name @param {string} label @param {{ hint?: any, value?: string[] }} [more] */
export function sentencesField(name, label, { hint, value = [] } = {}) {
  const field = textField(name, label, { hint, area: true, value: value.join('\n'), dir: 'auto' });
  const typed = field.read;
  return { ...field, read: () => typed().split('\n').map((line) => line.trim()).filter(Boolean) };
}
