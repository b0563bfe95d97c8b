// People, and consents that were signed on paper, from a spreadsheet. The server holds each
// line against all that there is and against the others of the file, and nothing is written
// before a person saw that; a line that looks like somebody who is there already is written
// only when a person ticks it.

import { fill, h } from '../dom.js';
import { action } from '../action.js';
import { has, t } from '../texts.js';
import { call } from '../api.js';
import { textFile } from '../csvfile.js';
import { form, required, selectField, textField } from '../forms.js';
import { problemWords } from '../problems.js';
import { uuid7 } from '../uuid.js';

const LARGEST = 500_000; // bytes
const kinds = ['people', 'paper-consents'];

export default function importScreen() {
  const kind = selectField('kind', t('import.kind'), kinds.map((k) => [k, t(`import.kind.${k}`)]));
  const about = h('div');
  const show = async (text) => {
    try {
      return await look(kind.read(), text);
    } catch (problem) {
      return h('p.warn', fileWords(problem));
    }
  };
  const file = textFile(LARGEST, show);
  const pasted = textField('csv', t('import.paste'), { area: true, dir: 'auto', maxlength: String(LARGEST) });
  const chosen = () => {
    fill(about, h('p', t('import.columns')), h('pre.raw', { dir: 'ltr', tabindex: '0' }, t(`import.example.${kind.read()}`)),
      kind.read() === 'paper-consents' && h('p.note', t('import.paper')));
    fill(file.into);
  };
  kind.input.addEventListener('change', chosen);
  chosen();
  return {
    title: t('import.title'), lead: t('import.lead'), back: [t('menu.office'), '#/office'],
    body: [h('section.card', kind.el, about, file.el,
      h('details', h('summary', t('import.paste.open')), form([pasted], async () => fill(file.into, await show(pasted.read())), { submit: t('import.look'), check: () => required(pasted) }))), file.into],
  };
}

// fileWords says what is wrong with a whole file, and at which of its lines.
function fileWords(problem) {
  const [field] = problem.fields ?? [];
  const line = /\[(\d+)\]/.exec(field?.field ?? '');
  return [line && `${t('import.line', { n: line[1] })}: `, field ? why(field) : problemWords(problem)].filter(Boolean).join('');
}

const why = (reason) => (has(`import.why.${reason.code}`) ? t(`import.why.${reason.code}`) : has(`field.${reason.code}`) ? t(`field.${reason.code}`) : reason.detail);

// look shows what a file would write, and writes it when somebody says so.
async function look(kind, csv) {
  const id = uuid7(); // sent again it is one import
  const found = await call('POST', '/v1/imports/look', { body: { id, kind, csv } });
  const boxes = new Map();
  const list = h('ul.cards');
  const count = h('p', { role: 'status' });
  const total = h('p', { role: 'status' });
  const sum = (lines) => {
    const n = lines.filter((l) => l.state === 'new' || boxes.get(l.line)?.checked).length;
    fill(count, t('import.count', { n, of: lines.length }));
  };
  const draw = (lines) => fill(list, lines.map((l) => lineCard(l, kind, boxes, () => sum(lines))));
  draw(found.data.lines);
  sum(found.data.lines);
  const write = async () => {
    const take = [...boxes].filter(([, box]) => box.checked).map(([line]) => line);
    const done = await call('POST', '/v1/imports', { body: { id, kind, csv, take } });
    boxes.clear();
    draw(done.data.lines);
    fill(total, t('import.done', { n: done.data.lines.filter((l) => l.state === 'made').length, of: done.data.lines.length }));
    fill(count);
  };
  return [h('h2', t('import.look.title')), count, h('p.note', t('import.tick')),
    found.data.ignoredColumns.length > 0 && h('p.warn', t('import.ignored', { columns: found.data.ignoredColumns.join(', ') })),
    found.data.unread > 0 && h('p.warn', t('import.unread', { n: found.data.unread })),
    list, action(t(`import.write.${kind}`), write), total];
}

function lineCard(l, kind, boxes, changed) {
  const head = [h('bdi', l.name || '–'), h('span.note', ` · ${t('import.line', { n: l.line })}${l.role && kind === 'people' ? ` · ${t(`role.${l.role}`)}` : ''}${l.for ? ` · ${forWhom(l.for)}` : ''}`)];
  let title = h('p', head);
  if (l.state === 'alike') {
    const box = h('input', { type: 'checkbox', checked: boxes.get(l.line)?.checked, onchange: changed });
    boxes.set(l.line, box);
    title = h('label.choice', box, h('span', head));
  }
  return h('li.card', title, h('p.tag', t(`import.state.${l.state}`)), l.twin && h('p.warn', twinWords(l.twin)),
    l.reasons?.length > 0 && h('ul.dots', l.reasons.map((r) => h('li', h('code', { dir: 'ltr' }, r.field), ': ', why(r)))));
}

const forWhom = (who) => t('import.for', { name: who === 'treating-providers' ? t('sharing.treating') : `\u2068${who}\u2069` });

function twinWords(twin) {
  if (twin.line) return t(`import.twin-line.${twin.by}`, { n: twin.line });
  return t(`import.twin.${twin.by}`, { name: `\u2068${twin.name ?? ''}\u2069`, role: twin.role ? t(`role.${twin.role}`) : '' });
}
