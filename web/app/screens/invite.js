// Invite somebody: who, what both agree to, what they may see and what that would be.
// The code is shown once, here.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { drawing } from '../qr.js';
import { sentencesField } from '../sentences.js';
import { readWords, wordsShown } from '../signedwords.js';
import { uuid7 } from '../uuid.js';
import { wouldSee } from './wouldsee.js';

const relations = ['parent', 'partner', 'child', 'sibling', 'other-family', 'friend', 'sponsor', 'other'];

export default async function inviteScreen({ api, me }) {
  const [choices, may] = await Promise.all([read(api('sharing-choices')), wordsShown('consent')]); // without signed words somebody is invited who sees nothing
  const name = textField('name', t('invite.name'), { maxlength: '60' });
  const from = textField('from', t('invite.from'), { hint: t('invite.from.hint'), maxlength: '60', value: me.name.split(' ')[0] });
  const relation = selectField('relationship', t('invite.relationship'), [['', t('share.choose')], ...relations.map((r) => [r, t(`relationship.${r}`)])]);
  const words = sentencesField('boundaries', t('invite.words'), { hint: t('invite.words.hint') });
  const scopes = choiceField('scopes', t('share.what'), choices.supporterScopes.map((s) => [s, h('span', t(`scope.${s}`), h('span.note', t(`scope.${s}.means`)))]), { many: true, hint: t('share.what.hint') });
  const statement = checkField('statements', t('share.statement.revocation'));
  const signature = textField('signature.name', t('share.sign'), { hint: t('share.sign.hint', { name: me.name }), autocomplete: 'name' });
  const id = uuid7();
  const place = h('div');
  const look = h('div', { 'aria-live': 'polite' });
  const preview = action(t('invite.preview'), async () => {
    const { data } = await call('POST', api('sharing-preview'), { body: { scopes: scopes.read() } });
    fill(look, wouldSee(data));
  }, { kind: 'quiet' });
  const send = async () => {
    const { data } = await call('POST', api('invitations'), { body: { id, name: name.read(), from: from.read(), relationship: relation.read(),
      boundaries: words.read(), scopes: scopes.read(), statements: statement.read() ? ['revocation'] : [],
      ...(scopes.read().length > 0 && { words: await readWords(), signature: { name: signature.read(), method: 'typed' } }) } });
    fill(place, made(data));
    place.querySelector('h2').focus();
  };
  place.append(h('div.card', form([name, from, relation, words, ...(may ? [scopes, preview, look, statement, signature] : [h('p.warn', t('invite.unsigned'))])], send, { submit: t('invite.make'),
    check: () => required(name, from, relation, ...(scopes.read().length > 0 ? [statement, signature] : [])) })));
  return { title: t('invite.title'), lead: t('invite.lead'), back: [t('family.title'), '#/family'], body: place };
}

const made = (v) => h('section.card', h('h2', { tabindex: '-1' }, t('invite.made')), h('p', t('invite.give')), drawing(v.qr, t('invite.qr')),
  h('p.code', { dir: 'ltr' }, v.code), h('p', { dir: 'ltr' }, v.link), h('p.note', t('invite.once')), h('a.button.quiet', { href: '#/family' }, t('family.title')));
