// Rooms and the like: what a visit can need beside people, and can be taken once at a time.
// Interpreters stand here too; what they speak is kept with their account.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { languageName } from '../format.js';
import { uuid7 } from '../uuid.js';

export default async function roomsScreen({ again }) {
  const resources = await all('/v1/resources');
  const keep = async (id, etag, body) => {
    await call('PUT', `/v1/resources/${id}`, { etag, body });
    sayNext(t('alerts.saved'));
    await again();
  };
  const id = uuid7();
  const name = textField('name', t('rooms.name'), { maxlength: '100', hint: t('rooms.name.hint') });
  return {
    title: t('rooms.title'),
    lead: t('rooms.lead'),
    back: [t('setup.title'), '#/set-up'],
    body: [
      resources.length === 0 ? h('p.card', t('rooms.none')) : h('ul.cards', resources.map((r) => h('li.card', h('h2', h('bdi', r.name)),
        r.languages?.length > 0 ? [h('p.note', r.languages.map(languageName).join(', ')), h('a.link', { href: `#/office/${r.id}` }, t('rooms.account'))] : renaming(r, keep)))),
      h('div.card', h('h2', t('rooms.new')), form([name], () => keep(id, '"1"', { name: name.read() }), { submit: t('rooms.add'), check: () => required(name) })),
    ],
  };
}

function renaming(r, keep) {
  const name = textField('name', t('rooms.name'), { value: r.name, maxlength: '100' });
  return h('details', h('summary', t('rooms.rename')), name.el,
    action(t('form.save'), () => keep(r.id, r.etag, { name: name.read(), ...(r.availability ? { availability: r.availability } : {}) }), { kind: 'quiet' }));
}
