// Which strengths of a medicine there are, as the clinic enters them. Plans of steps are
// built of nothing else.

import { t } from '../texts.js';
import { call } from '../api.js';
import { form } from '../forms.js';
import { listField } from '../listfield.js';
import { sayNext } from '../frame.js';

export default async function strengthsScreen(ctx) {
  const { data, etag } = await call('GET', '/v1/medicine-strengths');
  const list = listField('items', t('ordering.strengths.list'), [{ name: 'name', label: t('medicines.name') }, { name: 'strength.value', label: t('medicines.strength'), inputmode: 'decimal' },
    { name: 'strength.unit', label: t('ordering.strengths.unit') }, { name: 'form', label: t('ordering.strengths.form') }, { name: 'scored', label: t('ordering.strengths.scored'), kind: 'check' }],
  data.items.map((s) => ({ ...s, 'strength.value': String(s.strength.value), 'strength.unit': s.strength.unit })), { max: 1000 });
  const send = async () => {
    const items = list.read().map((s) => ({ name: s.name ?? '', form: s.form || 'tablet', scored: Boolean(s.scored), strength: { value: Number((s['strength.value'] ?? '').replace(',', '.')), unit: s['strength.unit'] || 'mg' } }));
    await call('PUT', '/v1/medicine-strengths', { etag, body: { items } });
    sayNext(t('medicines.saved-it'));
    await ctx.again();
  };
  return { title: t('more.medicine-strengths'), lead: t('ordering.strengths.lead'), back: [t('menu.more'), '#/more'], body: form([list], send) };
}
