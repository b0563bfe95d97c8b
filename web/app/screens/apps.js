// Apps of others that read for the patient. Each thing that an app may read is taken
// back on its own, in one tap: somebody may be standing beside them.
// Operations: takeBackApp.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';

export default async function appsScreen({ again }) {
  const { apps, startable } = await read('/v1/me/apps');
  const stop = (app, scope) => async () => {
    await call('DELETE', `/v1/me/apps/${app.id}${scope ? `?scope=${encodeURIComponent(scope)}` : ''}`);
    sayNext(t('apps.stopped'));
    again();
  };
  const start = (app) => async () => location.assign((await call('POST', `/v1/apps/${app.id}/launch`)).data.redirectTo);
  return {
    title: t('apps.title'),
    lead: t('apps.lead'),
    back: [t('menu.more'), '#/more'],
    body: [apps.length === 0 ? h('p.card', t('apps.none')) : h('ul.cards', apps.map((app) => h('li.card', h('h2', app.appName),
      h('p.note', t('apps.since', { date: date(app.since) })),
      h('ul.rows', app.scopes.map((scope) => h('li', h('span', words(scope)),
        action(t('apps.stop-one'), stop(app, scope), { kind: 'quiet', 'aria-label': t('apps.stop-one-named', { what: words(scope) }) })))),
      h('div.actions', action(t('apps.stop-all'), stop(app), { kind: 'danger', 'aria-label': t('apps.stop-all-named', { name: app.appName }) }))))),
    startable.length > 0 && h('section', h('h2', t('apps.startable')), h('ul.cards', startable.map((app) => h('li.card', h('h3', app.name),
      action(t('apps.start'), start(app), { kind: 'quiet', 'aria-label': t('apps.start-named', { name: app.name }) })))))],
  };
}

export const words = (scope) => t(`apps.scope.${scope}`);
