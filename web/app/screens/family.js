// Family and friends: who is beside the patient, what both agreed to, what each may see
// and until when. Removing somebody takes two taps, and nobody tells them.

import { action } from '../action.js';
import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { date } from '../format.js';
import { form, required, textField } from '../forms.js';
import { sentencesField } from '../sentences.js';
import { sayNext } from '../frame.js';
import { readWords, wordsShown } from '../signedwords.js';
import { givePages } from '../pagesfor.js';
import { uuid7 } from '../uuid.js';

export default async function familyScreen({ api, again, me }) {
  const [people, open, may] = await Promise.all([all(api('supporters')), all(api('invitations')), wordsShown('consent')]);
  return {
    title: t('family.title'),
    lead: t('family.lead'),
    back: [t('menu.more'), '#/more'],
    body: [
      people.length === 0 && h('p.card', t('family.none')),
      h('ul.cards', people.map((p) => h('li.card', about(p, { api, again, me, may })))),
      h('a.button.main', { href: '#/family/new' }, t('invite.title')),
      open.length > 0 && h('section', h('h2', t('family.open')), h('ul.cards', open.map((v) => h('li.card', h('p', h('bdi', v.name)),
        h('p.note', t('sharing.until', { date: date(v.expiresAt) })), action(t('family.open.end'), async () => {
          await call('DELETE', api(`invitations/${v.id}`));
          again();
        }, { kind: 'quiet' }))))),
    ],
  };
}

function about(person, ctx) {
  return [
    h('h2', h('bdi', person.name)), h('p.note', t(`relationship.${person.relationship}`)),
    agreement(person.agreement, (number) => call('POST', ctx.api(`supporters/${person.accountId}/agreement/yes`), { body: { number } }).then(ctx.again), 'patientAt'),
    otherWords(person, `/v1/patients/${ctx.me.patientId}/supporters/${person.accountId}`, ctx.again),
    promised(person.promise), person.rehearsedOn && together(person),
    person.looks.length === 0 ? h('p', t('family.sees-nothing'))
      : person.looks.map((look) => h('div', h('p', t('sharing.permit')), h('ul.dots', look.scopes.map((s) => h('li', t(`scope.${s}`)))),
        look.until && h(look.endsSoon ? 'p.warn' : 'p.note', t(look.endsSoon ? 'family.ends-soon' : 'sharing.until', { date: date(look.until) })),
        renewal(look, ctx))),
    givePages(person, ctx),
    h('div.actions', h('a.button.quiet', { href: `#/family/${person.accountId}` }, t('family.would-see')), removal(person, ctx)),
  ];
}

// agreement shows the words that two people agree to, and who has still to say yes.
export function agreement(now, yes, mine, heading = 'h3') {
  if (!now || now.words.length === 0) return null;
  const waits = !now.patientAt || !now.supporterAt;
  return h('section', h(heading, t('family.agreed')), h('ul.dots', now.words.map((w) => h('li', { dir: 'auto' }, w))),
    waits && h('p.warn', t(now[mine] ? 'family.they-have-not' : 'family.you-have-not')),
    !now[mine] && action(t('family.say-yes'), () => yes(now.number)));
}

// otherWords is where either of two people writes what both agree to; it holds with the other's yes.
export function otherWords(p, path, again) {
  const words = sentencesField('words', t('place.words'), { value: p.agreement?.words, hint: t('invite.words.hint') });
  return h('details', h('summary', t('place.words.other')), form([words], async () => {
    await call('PUT', `${path}/agreement`, { body: { number: p.agreement?.number ?? 0, words: words.read() } });
    again();
  }));
}

// promised shows a supporter's own part of the plan.
export const promised = (p) => p && [['do', 'place.do'], ['dont', 'place.dont']].map(([part, words]) => p[part].length > 0 &&
  h('section', h('h3', t(words)), h('ul.dots', p[part].map((w) => h('li', { dir: 'auto' }, w)))));

// together says when two people last practised the plan.
export const together = (p) => h('p.note', p.rehearsedOn ? t('together.on', { date: date(p.rehearsedOn) }) : t('together.not-yet'));

function renewal(look, { api, again, me, may }) {
  if (!look.endsSoon) return null;
  if (!may) return h('p', t('share.unsigned'));
  const id = uuid7();
  const name = textField('signature.name', t('share.sign'), { hint: t('share.sign.hint', { name: me.name }), autocomplete: 'name' });
  return h('details', h('summary', t('family.renew')), h('p', t('share.statement.revocation')), form([name], async () => {
    await call('POST', api(`consents/${look.consentId}/renewal`), { body: { id, statements: ['revocation'], words: await readWords(), signature: { name: name.read(), method: 'typed' } } });
    sayNext(t('share.done'));
    again();
  }, { submit: t('family.renew.yes'), check: () => required(name) }));
}

function removal(person, { api, again }) {
  const yes = action(t('family.remove.yes'), async () => {
    await call('DELETE', api(`supporters/${person.accountId}`));
    sayNext(t('family.removed'));
    again();
  }, { kind: 'danger', hidden: true });
  const first = button(t('family.remove'), () => {
    [first.hidden, yes.hidden] = [true, false];
    yes.focus();
  }, { kind: 'quiet', 'aria-label': t('family.remove-named', { name: person.name }) });
  return [first, yes];
}
