// An app of others asks to read. Nothing is chosen beforehand; each thing is said yes to
// on its own, and no is as near as yes.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { choiceField, form } from '../forms.js';
import { words } from './apps.js';

export default async function askAppScreen({ params, me }) {
  let question = null;
  if (me.role === 'patient') question = await read(`/v1/app-questions/${encodeURIComponent(params.question)}`).catch((problem) => {
    if (problem.status === 404 || problem.status === 422) return null;
    throw problem;
  });
  if (!question) return { title: t('askapp.over'), body: h('p.card', t(me.role === 'patient' ? 'askapp.over.hint' : 'askapp.patients-only')) };
  const answer = async (scopes) => {
    const { data } = await call('POST', `/v1/app-questions/${question.id}/answer`, { body: { scopes } });
    location.assign(data.redirectTo);
  };
  const what = choiceField('scopes', t('askapp.what'), question.scopes.map((s) => [s, words(s)]), { many: true, hint: t('askapp.what.hint') });
  return {
    title: t('askapp.title', { name: question.appName }),
    lead: t('askapp.lead'),
    body: [
      h('ul.dots', h('li', t('askapp.goes-to', { host: question.host })), h('li', t('askapp.once-there')),
        question.knows && h('li', t('askapp.knows')), h('li', t(question.lasting ? 'askapp.lasting' : 'askapp.short'))),
      h('div.card', form([what], () => answer(what.read()), {
        submit: t('askapp.yes'), check: () => (what.read().length ? [] : [[what, t('form.required')]]), after: action(t('askapp.no'), () => answer([]), { kind: 'quiet' }),
      })),
    ],
  };
}
