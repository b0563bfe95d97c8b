// Which strengths of a medicine there are, as the clinic enters them. Plans of steps are
// built of nothing else.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { amountOf } from '../amounts.js';
import { call } from '../api.js';
import { csvFile } from '../csvfile.js';
import { form, required } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';

const units = ['mg', 'mcg', 'g', 'units', 'mmol'];
const forms = ['tablet', 'capsule', 'film'];
const MOST = 1000; // of a clinic

export default async function strengthsScreen(ctx) {
  const { data, etag } = await call('GET', '/v1/medicine-strengths');
  const list = listField('items', t('ordering.strengths.list'), [{ name: 'name', label: t('medicines.name') }, { name: 'strength.value', label: t('medicines.strength'), inputmode: 'decimal' },
    { name: 'strength.unit', label: t('medicines.unit'), kind: 'select', options: [['', t('share.choose')], ...units.map((u) => [u, u])] },
    { name: 'form', label: t('medicines.form'), kind: 'select', options: [['', t('share.choose')], ...forms.map((f) => [f, t(`medicines.form.${f}`)])] }, { name: 'scored', label: t('ordering.strengths.scored'), kind: 'check' }],
  data.items.map((s) => ({ ...s, 'strength.value': String(s.strength.value), 'strength.unit': s.strength.unit })), { max: MOST });
  const file = csvFile(MOST, (rows) => {
    const here = new Set(list.read().map(like));
    const more = rows.map(strengthOf).filter((s) => !here.has(like(s)) && here.add(like(s)));
    if (list.read().length + more.length > MOST) return h('p.warn', t('import.many', { n: MOST }));
    more.forEach(list.add);
    return h('p', t('ordering.strengths.read', { n: more.length, of: rows.length }));
  });
  const send = async () => {
    const items = list.read().map((s) => ({ name: s.name ?? '', form: s.form ?? '', scored: Boolean(s.scored), strength: { value: amountOf(s['strength.value'] ?? ''), unit: s['strength.unit'] ?? '' } }));
    await call('PUT', '/v1/medicine-strengths', { etag, body: { items } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return { title: t('more.medicine-strengths'), lead: t('ordering.strengths.lead'), back: [t('menu.more'), '#/more'], body: [form([list], send, { check: () => required(...list.fields.filter((f) => /\.(value|unit|form)$/.test(f.name))) }),
    h('section.card', h('h2', t('ordering.strengths.import')), h('p', t('import.columns')), h('pre.raw', { dir: 'ltr' }, t('ordering.strengths.example')), file.el, file.into)] };
}

// strengthOf is a row of the list for a line of a file. Nothing of it is written before
// somebody saves the list; what this page does not know is left open in its row.
const strengthOf = (row) => ({ name: row.name ?? '', 'strength.value': row.strength ?? '', 'strength.unit': units.find((u) => u === row.unit?.toLowerCase()) ?? '',
  form: forms.find((f) => f === row.form?.toLowerCase()) ?? '', scored: /^(yes|true|1)$/i.test(row.scored ?? '') });

const like = (s) => [s.name?.trim().toLowerCase(), amountOf(s['strength.value'] ?? ''), s['strength.unit'], s.form].join('|');
