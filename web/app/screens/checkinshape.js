// What a patient is asked: the team chooses the questions, their order, and how often each
// standard instrument comes. The safety question stays on every form.

import { h, fill, button } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { chartBack } from '../chartback.js';
import { checkField, form, selectField } from '../forms.js';
import { sayNext } from '../frame.js';

const STAYS = 'safety';
const often = [7, 14, 28, 90];

export default async function checkInShapeScreen(ctx) {
  const path = ctx.api('check-in-form');
  const [{ data: now, etag }, known, instruments] = await Promise.all([call('GET', path), all('/v1/questions'), all('/v1/instruments')]);
  const questions = questionsPart(now.questions.map((q) => q.id), known);
  const every = instruments.map((i) => instrumentPart(i, now.instruments.find((one) => one.id === i.id)?.everyDays ?? 0));
  const send = async () => {
    await call('PUT', path, { etag, body: { questions: questions.read(), instruments: every.map((e) => e.read()).filter(Boolean) } });
    sayNext(t('shape.saved'));
    await ctx.again();
  };
  return {
    title: t('shape.title'),
    lead: t('shape.lead'),
    back: await chartBack(ctx),
    body: h('div.card', form([questions, h('h2', t('shape.instruments')), h('p.note', t('shape.instruments.hint')), ...every], send)),
  };
}

// questionsPart are all questions, those that are asked first and in their order.
function questionsPart(chosen, known) {
  /** @type {any[]} */
  const rows = [...chosen, ...known.map((q) => q.id).filter((id) => !chosen.includes(id))].map((id) => ({ id, q: known.find((one) => one.id === id), on: chosen.includes(id) })).filter((r) => r.q);
  const list = h('ol.plain');
  const draw = (focus) => {
    fill(list, rows.map((row, i) => h('li', h('div.row', row.field.el, row.on && i > 0 && button('↑', () => move(i), { kind: 'quiet.small', 'aria-label': t('shape.up', { name: row.q.ask }) })))));
    focus?.focus();
  };
  const move = (i) => {
    [rows[i - 1], rows[i]] = [rows[i], rows[i - 1]];
    draw(rows[i - 1].field);
  };
  for (const row of rows) {
    row.field = checkField(`questions.${row.id}`, row.q.ask, { checked: row.on, hint: row.id === STAYS ? t('shape.stays') : undefined });
    row.field.input.disabled = row.id === STAYS;
    row.field.input.addEventListener('change', () => {
      row.on = row.field.read();
      draw(row.field);
    });
  }
  draw();
  return { name: 'questions', label: t('shape.questions'), el: h('section', h('h2', t('shape.questions')), h('p.note', t('shape.questions.hint')), list),
    read: () => rows.filter((r) => r.on).map((r) => r.id), focus: () => rows[0].field.focus(), fail: (words) => rows[0].field.fail(words) };
}

function instrumentPart(i, everyDays) {
  const choices = [...new Set([...often, everyDays])].filter((n) => n > 0).sort((a, b) => a - b);
  if (!i.worded && everyDays === 0) return { name: i.id, label: i.title, el: h('p', h('bdi', i.title), h('span.note', ` ${t('shape.no-words')}`)), read: () => null };
  const field = selectField(`instruments.${i.id}`, i.title, [['0', t('shape.never')], ...choices.map((n) => [String(n), t('shape.every', { n })])], { value: String(everyDays) });
  const days = field.read;
  return { ...field, read: () => (days() === '0' ? null : { id: i.id, everyDays: Number(days()) }) };
}
