// What may leave the clinic: one consent for others who treat, pay and help to run it
// (42 CFR 2.31, kind tpo). The screen says what stops without it, and what the care
// team goes on doing.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call, read } from '../api.js';
import { checkField, choiceField, form, required, textField } from '../forms.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';
import { readWords, unsignedPart, wordsShown } from '../signedwords.js';
import { uuid7 } from '../uuid.js';

const STATEMENTS = ['revocation', 'redisclosure', 'refusal'];

export default async function outsideScreen(ctx) {
  const [consents, choices] = await Promise.all([all(ctx.api('consents')), read(ctx.api('sharing-choices'))]);
  const said = consents.filter((c) => c.kind === 'tpo');
  const no = said.find((c) => c.status === 'active' && c.provision === 'deny');
  const ends = said.filter((c) => c.provision === 'permit' && c.status !== 'active').map((c) => c.revokedAt ?? c.expiry.at);
  const yes = said.find((c) => c.status === 'active' && c.provision === 'permit' && ends.every((end) => end < c.signedAt)); // the last word counts
  return {
    title: t('outside.title'),
    lead: t('outside.lead'),
    back: [t('more.sharing'), '#/sharing'],
    body: [
      h('p.card.strong', standing(no, yes, said)),
      points('outside.leaves', ['apps', 'calendars', 'files']),
      points('outside.team', ['record', 'visits', 'reminders', 'emergency', 'named']),
      yes && !no && takeBack(ctx, yes),
      no && takeBack(ctx, no),
      !yes && !no && [(await wordsShown('consent')) ? signForm(ctx, choices.scopes) : unsignedPart(), refuseForm(ctx, choices.scopes)],
    ],
  };
}

function standing(no, yes, said) {
  if (no) return t('outside.no', { date: date(no.signedAt) });
  if (yes) return t('outside.yes', { date: date(yes.signedAt) });
  return t(said.some((c) => c.provision === 'permit') ? 'outside.taken-back' : 'outside.nothing');
}

const points = (key, list) => h('section', h('h2', t(key)), h('ul.dots', list.map((one) => h('li', t(`${key}.${one}`)))));

function takeBack(ctx, consent) {
  const words = consent.provision === 'deny' ? 'outside.take-back-no' : 'outside.take-back';
  return h('div.actions', action(t(words), async () => {
    await call('DELETE', ctx.api(`consents/${consent.id}`));
    sayNext(t(`${words}.done`));
    ctx.again();
  }, { kind: 'danger' }));
}

function signForm(ctx, scopes) {
  const id = uuid7();
  const what = choiceField('scopes', t('outside.what'), scopes.map((s) => [s, t(`scope.${s}`)]), { many: true, hint: t('share.what.hint') });
  const statements = STATEMENTS.map((s) => checkField('statements', t(s === 'revocation' ? 'share.statement.revocation' : `outside.statement.${s}`)));
  const name = signature(ctx);
  const send = () => sign(ctx, { id, provision: 'permit', scopes: what.read(), statements: STATEMENTS, signature: name }, 'outside.signed');
  return h('section.card', h('h2', t('outside.sign')), form([what, ...statements, name], send, {
    submit: t('outside.sign.send'), check: () => required(what, ...statements, name) }));
}

function refuseForm(ctx, scopes) {
  const id = uuid7();
  const name = signature(ctx);
  const send = () => sign(ctx, { id, provision: 'deny', scopes, signature: name }, 'outside.refused');
  return h('section.card', h('h2', t('outside.refuse')), form([name], send, { submit: t('outside.refuse.send'), check: () => required(name) }));
}

const signature = (ctx) => textField('signature.name', t('share.sign'), { hint: t('share.sign.hint', { name: ctx.me.name }), autocomplete: 'name' });

async function sign(ctx, { signature: name, ...terms }, done) {
  await call('POST', ctx.api('consents'), { body: { kind: 'tpo', recipient: 'treating-providers', purposes: ['treatment', 'operations'],
    expiry: { none: true }, ...terms, ...(terms.provision === 'permit' && { words: await readWords() }), signature: { name: name.read(), method: 'typed' } } });
  sayNext(t(done));
  ctx.again();
}
