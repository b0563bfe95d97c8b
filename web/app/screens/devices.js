// The phones and browsers that this person is signed in on.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';
import { placeWords } from '../place.js';
import { myProviders } from '../providers.js';

export default async function devicesScreen({ me, again }) {
  const sessions = await all('/v1/me/sessions');
  const end = async (session) => {
    await call('DELETE', `/v1/me/sessions/${session.id}`);
    sayNext(t('devices.ended'));
    again();
  };
  const endOthers = async () => {
    await call('DELETE', '/v1/me/sessions');
    sayNext(t('devices.others-ended'));
    again();
  };
  const others = () => action(t('devices.end-others'), endOthers, { kind: 'quiet' });
  return {
    title: t('more.devices'),
    lead: t('devices.lead'),
    back: [t('menu.more'), '#/more'],
    body: [sessions.length > 1 && others(), h('ul.cards', sessions.map((session) => h('li.card',
      h('h2', session.device.name),
      h('p.note', t('devices.since', { date: date(session.createdAt) })),
      session.lastUsedAt && h('p.note', t('devices.used', { date: date(session.lastUsedAt) })),
      session.place && h('p.note', placeWords(session.place)),
      session.provider && h('p.note', t('devices.by', { name: session.provider })),
      session.current
        ? h('p.tag', t('devices.this'))
        : action(t('devices.end'), () => end(session), { kind: 'quiet', 'aria-label': t('devices.end-named', { name: session.device.name }) })))),
    await myProviders(me, again)],
  };
}
