// A place beside somebody: what both agreed to, my part of their plan, what I see and
// until when, and the way out.
// Operations: proposeMyAgreement.

import { action } from '../action.js';
import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { notHere } from '../nothere.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { form } from '../forms.js';
import { sayNext } from '../frame.js';
import { sentencesField } from '../sentences.js';
import { proposing } from '../goalproposals.js';
import { agreement, otherWords, together } from './family.js';

export default async function placeScreen({ params, again, go }) {
  const p = (await all('/v1/me/supporting')).find((one) => one.patientId === params.beside);
  if (!p) throw notHere();
  const back = [t('patients.today'), '#/beside'];
  const path = `/v1/me/supporting/${p.patientId}`;
  return {
    title: h('bdi', p.name || t('sharing.somebody')), back, lead: t('place.lead'),
    body: [
      h('div.card', agreement(p.agreement, (number) => call('POST', `${path}/agreement/yes`, { body: { number } }).then(again), 'supporterAt', 'h2') ?? h('p', t('place.no-words')), otherWords(p, path, again)),
      h('section.card', h('h2', t('place.part')), h('p.note', t('place.part.who')), part(p, path, again)),
      h('section.card', h('h2', t('together.title')), together(p), h('p', t('together.how'))),
      await proposing(path, again),
      h('section.card', h('h2', t('invited.sees')), p.looks.length === 0 ? h('p', t('invited.sees.nothing')) : [p.looks.map((look) => [h('ul.dots', look.scopes.map((s) => h('li', t(`offer.${s}`)))),
        look.until && h('p.note', t('sharing.until', { date: date(look.until) }))]), h('a.button.main', { href: `#/p/${p.patientId}` }, t('place.open'))]),
      leaving(path, go),
    ],
  };
}

function part(p, path, again) {
  const does = sentencesField('do', t('place.do'), { value: p.promise?.do, hint: t('place.do.hint') });
  const not = sentencesField('dont', t('place.dont'), { value: p.promise?.dont, hint: t('place.dont.hint') });
  return form([does, not], async () => {
    await call('PUT', `${path}/promise`, { body: { do: does.read(), dont: not.read() } });
    sayNext(t('place.saved'));
    again();
  });
}

function leaving(path, go) {
  const yes = action(t('place.leave.yes'), async () => {
    await call('DELETE', path);
    sayNext(t('place.left'));
    go('#/beside');
  }, { kind: 'danger', hidden: true });
  const first = button(t('place.leave'), () => {
    [first.hidden, yes.hidden] = [true, false];
    yes.focus();
  }, { kind: 'quiet' });
  return h('div.card', h('p.note', t('place.leave.what')), first, yes);
}
