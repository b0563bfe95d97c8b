// A field for a file of a spreadsheet: it is read on this device, and shown before anything
// is written.

import { fill, h } from './dom.js';
import { t } from './texts.js';
import { rowsOf } from './csv.js';

const LARGEST = 1_000_000; // bytes

// csvFile is {el, into}: the field, and where show puts what it answers for the rows of a file
// of at most so many lines, or what is wrong with the file is said.
export function csvFile(most, show) {
  const [into, input] = [h('div', { role: 'status' }), h('input', { type: 'file', id: 'import-file', accept: '.csv,text/csv' })];
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    if (file.size > LARGEST) return void fill(into, h('p.warn', t('import.large')));
    const rows = rowsOf(await file.text());
    if (rows.length > most || rows.length === 0) return void fill(into, h('p.warn', t(rows.length === 0 ? 'import.empty' : 'import.many', { n: most })));
    fill(into, await show(rows));
  });
  return { el: h('div.field', h('label', { for: 'import-file' }, t('import.file')), input), into };
}
