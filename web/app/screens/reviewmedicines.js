// Go through the list: each line is as it says, is different, or is not taken; what is
// missing is written down. Differences go to the team.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { choiceField, form, selectField, textField } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';
import { listOf } from '../keptmedicines.js';
import { titleOf } from '../medicineview.js';
import { uuid7 } from '../uuid.js';

const says = ['same', 'differs', 'not-taken'];

export default async function reviewMedicinesScreen(ctx) {
  const [list, before] = await Promise.all([listOf(ctx.patientId), all(ctx.api('medicine-reconciliations?limit=10'), 10)]);
  const active = list.items.filter((m) => m.status === 'active');
  const lines = active.map((m, i) => [m,
    choiceField(`lines[${i}].says`, titleOf(m), says.map((s) => [s, t(`medicines.says.${s}`)])),
    textField(`lines[${i}].words`, t('medicines.differs.how'), { maxlength: 1000 })]);
  const missing = listField('missing', t('medicines.missing'), [{ name: '', label: t('medicines.missing.one'), kind: 'text', maxlength: 1000 }], []);
  const occasion = selectField('occasion', t('medicines.occasion'), ['regular', 'intake', 'discharge', 'other'].map((o) => [o, t(`medicines.occasion.${o}`)]));
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('medicine-reconciliations'), { body: { id, occasion: occasion.read(), missing: missing.read(),
      lines: lines.map(([m, said, words]) => ({ medicineId: m.id, says: said.read(), words: words.read() })) } });
    sayNext(t('medicines.review.done'));
    ctx.go(ctx.at('medicines'));
  };
  const name = (medicineId) => list.items.find((m) => m.id === medicineId)?.name ?? '';
  return {
    title: t('medicines.review'),
    lead: t('medicines.review.lead'),
    back: [t('medicines.title'), ctx.at('medicines')],
    body: [
      form([...(ctx.own ? [] : [occasion]), ...lines.flatMap(([, said, words]) => [said, words]), missing], send,
        { submit: t('medicines.review.send'), check: () => lines.filter(([, said]) => !said.read()).map(([, said]) => [said, t('form.required')]) }),
      before.length > 0 && h('section', h('h2', t('medicines.review.before')), h('ul.cards', before.map((r) => h('li.card', h('h3', `${date(r.at)} · ${r.by.name}`),
        h('ul.dots', r.lines.filter((l) => l.says !== 'same').map((l) => h('li', [name(l.medicineId), t(`medicines.says.${l.says}`), l.words].filter(Boolean).join(' · '))),
          (r.missing ?? []).map((words) => h('li', t('medicines.missing.was', { words }))))))))],
  };
}
