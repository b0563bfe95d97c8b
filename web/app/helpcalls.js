// On an alert: whom the patient promised a call for help, and what they said.
// Operations: listHelpCalls, askForHelp.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { all, call } from './api.js';
import { dateTime } from './format.js';
import { sayNext } from './frame.js';

export async function helpCallsPart(alert, path, over, again) {
  const people = await all(`${path}/help-calls`).catch((problem) => {
    if (problem.status === 403 || problem.status === 404) return [];
    throw problem;
  });
  if (people.length === 0) return null;
  return h('section', h('h2', t('helpcall.title')), h('p.note', t('helpcall.hint')), h('ul.cards', people.map((p) => card(p, path, over, again))));
}

function card(person, path, over, again) {
  const ask = async () => {
    await call('POST', `${path}/help-calls`, { body: { accountId: person.accountId } });
    sayNext(t('helpcall.asked'));
    await again();
  };
  const { called } = person;
  return h('li.card', h('h3', h('bdi', person.name)), h('p.note', t(`promise.when.${person.terms.when || called.terms.when}`)),
    called && h('p', t('helpcall.at', { time: dateTime(called.at) })),
    called && h('p', h('b', t(called.answer ? `helpcall.${called.answer}` : called.failed ? 'helpcall.failed' : called.silentAt ? 'helpcall.silent' : 'helpcall.waits')), called.answeredAt && ` · ${dateTime(called.answeredAt)}`),
    !called && !over && action(t('helpcall.ask', { name: person.name }), ask, { kind: 'quiet' }));
}
