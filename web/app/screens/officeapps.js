// Apps of others that the clinic has registered.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { sayNext } from '../frame.js';
import { checkField, form, required, textField } from '../forms.js';
import { uuid7 } from '../uuid.js';

export default async function officeAppsScreen({ again }) {
  const apps = await all('/v1/apps');
  const made = h('div', { role: 'status' });
  const name = textField('name', t('officeapps.name'), { hint: t('officeapps.name.hint'), maxlength: '100' });
  const back = textField('redirectUris', t('officeapps.back'), { hint: t('officeapps.back.hint'), type: 'url', autocomplete: 'off', maxlength: '500' });
  const start = textField('launchUrl', t('officeapps.start'), { type: 'url', autocomplete: 'off', maxlength: '500' });
  const secret = checkField('confidential', t('officeapps.secret'));
  const id = uuid7();
  const send = async () => {
    const { data } = await call('POST', '/v1/apps', { body: { id, name: name.read(), redirectUris: [back.read()], launchUrl: start.read() || undefined, confidential: secret.read() } });
    fill(made, h('p', t('officeapps.id')), h('p.code', data.id), data.secret && [h('p', t('officeapps.secret.once')), h('p.code', data.secret)]);
  };
  const remove = (app) => async () => {
    await call('DELETE', `/v1/apps/${app.id}`);
    sayNext(t('officeapps.removed'));
    again();
  };
  return {
    title: t('officeapps.title'),
    lead: t('officeapps.lead'),
    back: [t('menu.office'), '#/office'],
    body: [
      h('ul.cards', apps.map((app) => h('li.card', h('h2', app.name), h('p.note', app.id), h('p.note', app.redirectUris.join(' ')),
        action(t('officeapps.remove'), remove(app), { kind: 'danger', 'aria-label': t('officeapps.remove-named', { name: app.name }) })))),
      h('div.card', h('h2', t('officeapps.new')), form([name, back, start, secret], send, { submit: t('officeapps.send'), check: () => required(name, back) }), made),
    ],
  };
}
