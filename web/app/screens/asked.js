// A call for help: whom it is about, and what the supporter found out. The emergency
// number stands first and waits for nothing.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { dateTime } from '../format.js';
import { sayNext } from '../frame.js';

const answers = ['reached', 'cant-reach', 'in-danger'];

export default async function askedScreen({ again }) {
  const list = await all('/v1/me/help-calls');
  return {
    title: t('asked.title'),
    back: [t('more.inbox'), '#/inbox'],
    body: [
      h('div.help-card', h('p', t('asked.danger')), calls(linesNow())),
      list.length === 0 ? h('p.card', t('asked.none')) : h('ul.cards', list.map((c) => card(c, again))),
      h('p.note', t('asked.team')),
    ],
  };
}

function card(asked, again) {
  const say = (answer) => async () => {
    await call('PUT', `/v1/me/help-calls/${asked.id}/answer`, { body: { answer } });
    sayNext(t(answer === 'in-danger' ? 'asked.said.in-danger' : 'asked.said'));
    await again();
  };
  return h('li.card', h('h2', h('bdi', asked.name)), h('p', asked.text), h('p.note', dateTime(asked.at)),
    asked.answer && h('p', h('b', t(`asked.${asked.answer}`)), ' · ', dateTime(asked.answeredAt)),
    h('div.actions', answers.filter((a) => a !== asked.answer).map((a) => action(t(`asked.${a}`), say(a), { kind: a === 'in-danger' ? 'danger' : 'quiet' }))));
}
