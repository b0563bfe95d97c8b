// Which strengths of a medicine there are, as the clinic enters them. Plans of steps are
// built of nothing else.

import { t } from '../texts.js';
import { amountOf } from '../amounts.js';
import { call } from '../api.js';
import { form, required } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';

const units = ['mg', 'mcg', 'g', 'units', 'mmol'];
const forms = ['tablet', 'capsule', 'film'];

export default async function strengthsScreen(ctx) {
  const { data, etag } = await call('GET', '/v1/medicine-strengths');
  const list = listField('items', t('ordering.strengths.list'), [{ name: 'name', label: t('medicines.name') }, { name: 'strength.value', label: t('medicines.strength'), inputmode: 'decimal' },
    { name: 'strength.unit', label: t('medicines.unit'), kind: 'select', options: [['', t('share.choose')], ...units.map((u) => [u, u])] },
    { name: 'form', label: t('medicines.form'), kind: 'select', options: [['', t('share.choose')], ...forms.map((f) => [f, t(`medicines.form.${f}`)])] }, { name: 'scored', label: t('ordering.strengths.scored'), kind: 'check' }],
  data.items.map((s) => ({ ...s, 'strength.value': String(s.strength.value), 'strength.unit': s.strength.unit })), { max: 1000 });
  const send = async () => {
    const items = list.read().map((s) => ({ name: s.name ?? '', form: s.form ?? '', scored: Boolean(s.scored), strength: { value: amountOf(s['strength.value'] ?? ''), unit: s['strength.unit'] ?? '' } }));
    await call('PUT', '/v1/medicine-strengths', { etag, body: { items } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return { title: t('more.medicine-strengths'), lead: t('ordering.strengths.lead'), back: [t('menu.more'), '#/more'], body: form([list], send, { check: () => required(...list.fields.filter((f) => /\.(value|unit|form)$/.test(f.name))) }) };
}
