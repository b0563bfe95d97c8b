// Accounts from a spreadsheet. Nothing is written before each line was held against the
// accounts that there are and against the others of the file; a line that looks like
// somebody who is there already is written only when a person ticks it.

import { fill, h } from '../dom.js';
import { action } from '../action.js';
import { t, language, languages } from '../texts.js';
import { call } from '../api.js';
import { csvFile } from '../csvfile.js';
import { problemWords } from '../problems.js';
import { uuid7 } from '../uuid.js';
import { disciplines } from './newaccount.js';
import { everyone } from './office.js';

const MOST = 500; // lines of one file
const mayMake = { administrator: ['patient', 'supporter', 'clinician', 'coordinator', 'administrator'], coordinator: ['patient', 'supporter'] };

// alike is what two spellings of one name have in common.
export const alike = (name) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s.,'’-]+/g, ' ').trim().split(' ').sort().join(' ');

export default async function importScreen({ me }) {
  const file = csvFile(MOST, async (rows) => look(rows, await everyone(), mayMake[me.role] ?? []));
  return {
    title: t('import.title'), lead: t('import.lead'), back: [t('menu.office'), '#/office'],
    body: [h('section.card', h('p', t('import.columns')), h('pre.raw', { dir: 'ltr' }, t('import.example')), file.el), file.into],
  };
}

// look holds every line against all others before anything is written.
function look(rows, accounts, roles) {
  const seen = new Map(accounts.map((a) => [alike(a.name), t('import.is-there', { name: `\u2068${a.name}\u2069`, role: t(`role.${a.role}`) })]));
  const list = rows.map((row, i) => {
    const body = { id: uuid7(), name: row.name ?? '', role: row.role || 'patient', language: row.language || language(), ...(row.discipline && { discipline: row.discipline }), ...(row.birthdate && { birthDate: row.birthdate }), ...(row.phone && { phone: row.phone }) };
    const wrong = (!body.name && 'import.no-name') || (body.name.length > 200 && 'import.long-name') || (!roles.includes(body.role) && 'import.role') || (!languages.includes(body.language) && 'import.language')
      || (body.role === 'clinician' && !disciplines.includes(body.discipline) && 'import.discipline');
    const double = seen.get(alike(body.name));
    if (body.name && !double) seen.set(alike(body.name), t('import.twice', { n: i + 2 }));
    const box = h('input', { type: 'checkbox', checked: !wrong && !double, disabled: Boolean(wrong) });
    const state = h('span.note');
    return { body, box, state, el: h('li.card', h('label.choice', box, h('span', h('bdi', body.name || '–'), h('span.note', ` · ${t('import.line', { n: i + 2 })} · ${roles.includes(body.role) ? t(`role.${body.role}`) : body.role}`))),
      wrong && h('p.warn', t(wrong)), double && h('p.warn', double), state) };
  });
  const write = async () => {
    for (const one of list.filter((l) => l.box.checked && !l.done)) {
      try {
        await call('POST', '/v1/accounts', { body: one.body }); // sent again it is one: by its id
        one.done = true;
        one.box.disabled = true;
        one.state.textContent = t('import.written');
      } catch (problem) {
        one.state.textContent = problemWords(problem); // the other lines go on; this one can be tried again
      }
    }
    fill(total, t('import.done', { n: list.filter((l) => l.done).length, of: list.length }));
  };
  const total = h('p', { role: 'status' });
  return [h('h2', t('import.look')), h('p', t('import.doubles', { n: list.filter((l) => l.box.checked).length, of: list.length })), h('ul.cards', list.map((l) => l.el)), action(t('import.write'), write), total];
}
