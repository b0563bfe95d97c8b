// Programmes: who is asked about the patients of each when an alert comes. The clinic's
// own is always there; its fail-safe stands in the settings of alerts.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const levels = ['assigned', 'cover', 'lead', 'supervisor'];
const clinic = 'clinic';

export default async function programmesScreen({ again }) {
  const [{ items }, ...people] = await Promise.all([read('/v1/programmes?limit=100'), ...['administrator', 'clinician'].map((role) => all(`/v1/accounts?role=${role}&limit=100`))]);
  const active = people.flat().filter((a) => a.status === 'active').map((a) => [a.id, a.name]);
  const done = async () => {
    sayNext(t('programmes.saved'));
    await again();
  };
  return {
    title: t('programmes.title'),
    lead: t('programmes.lead'),
    back: [t('menu.duty'), '#/duty'],
    body: [
      items.map((p) => h('section.card', h('h2', p.name), p.id === clinic && h('p', t('programmes.clinic')), edit(p, active, done))),
      h('details', h('summary', t('programmes.add')), policyForm({ levels }, active, async (policy) => {
        await call('POST', '/v1/programmes', { body: { id: uuid7(), ...policy } });
        await done();
      }, t('programmes.add'))),
    ],
  };
}

function edit(p, active, done) {
  const path = `/v1/programmes/${p.id}`;
  const save = async (policy) => {
    await call('PUT', path, { etag: p.etag, body: policy });
    await done();
  };
  const end = async () => {
    await call('POST', `${path}/end`, { etag: p.etag });
    await done();
  };
  return h('div', policyForm(p, active, save, t('form.save')), p.id !== clinic && h('div.actions', action(t('programmes.end'), end, { kind: 'danger', 'aria-label': `${t('programmes.end')}: ${p.name}` })));
}

function policyForm(p, active, save, submit) {
  const name = textField('name', t('programmes.name'), { value: p.name ?? '', maxlength: '100' });
  const asked = choiceField('levels', t('programmes.levels'), levels.map((l) => [l, t(`programmes.levels.${l}`)]), { many: true, value: p.levels });
  const last = p.id !== clinic && selectField('failSafe', t('programmes.failsafe'), [['', t('programmes.failsafe.clinic')], ...active],
    { value: p.failSafe ?? '', hint: t('programmes.failsafe.hint') });
  return form([name, asked, last].filter(Boolean), () => save({ name: name.read(), levels: asked.read(), failSafe: (last && last.read()) || undefined }),
    { submit, check: () => required(name, asked) });
}
