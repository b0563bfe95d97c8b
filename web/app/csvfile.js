// A field for a file of a spreadsheet: it is read on this device, and shown before anything
// is written.

import { fill, h } from './dom.js';
import { t } from './texts.js';
import { rowsOf } from './csv.js';

const LARGEST = 1_000_000; // bytes

// textFile is {el, into}: the field, and where show puts what it answers for the text of a
// file of at most so many bytes.
export function textFile(largest, show) {
  const [into, input] = [h('div', { role: 'status' }), h('input', { type: 'file', id: 'import-file', accept: '.csv,text/csv' })];
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    fill(into, file.size > largest ? h('p.warn', t('import.large')) : await show(await file.text()));
  });
  return { el: h('div.field', h('label', { for: 'import-file' }, t('import.file')), input), into };
}

// csvFile is textFile for the rows of a file of at most so many lines.
export const csvFile = (most, show) => textFile(LARGEST, (text) => {
  const rows = rowsOf(text);
  if (rows.length > most || rows.length === 0) return h('p.warn', t(rows.length === 0 ? 'import.empty' : 'import.many', { n: most }));
  return show(rows);
});
