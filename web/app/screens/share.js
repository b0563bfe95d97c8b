// Give somebody a look at a part of the record. What can be given, to whom and
// which statements must be read comes from the server.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { checkField, choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { promiseFields } from '../promises.js';
import { readWords, unsignedPart, wordsShown } from '../signedwords.js';
import { uuid7 } from '../uuid.js';
import { jobOf } from './office.js';

const DAYS = ['30', '90', '180'];

export default async function shareScreen({ api, go, me, at, own }) {
  if (!(await wordsShown('consent'))) return { title: t('sharing.new'), back: [t('more.sharing'), at('sharing')], body: unsignedPart(own) };
  const choices = await read(api('sharing-choices'));
  const who = selectField('recipient', t('share.who'),
    [['', t('share.choose')], ...choices.people.map((p) => [p.accountId, `${p.name} (${jobOf(p)})`])]);
  const what = h('div');
  const days = selectField('expiry', t('share.until'), DAYS.map((n) => [n, t('share.days', { n })]), { value: '90' });
  // Of the statements of 42 CFR 2.31 this kind of consent needs the one on taking back.
  const statement = checkField('statements', t('share.statement.revocation'));
  const signature = textField('signature.name', t('share.sign'), { hint: t('share.sign.hint', { name: me.name }), autocomplete: 'name' });
  let scopes = scopeField([]);
  const person = () => choices.people.find((p) => p.accountId === who.read());
  const promised = h('div');
  let promises = promiseFields(null, choices, []);
  const chosen = () => {
    promises = promiseFields(person(), choices, scopes.read());
    promised.replaceChildren(...promises.fields.map((f) => f.el));
  };
  who.input.addEventListener('change', () => {
    const is = person();
    scopes = scopeField(is?.role === 'supporter' ? [...choices.supporterScopes, ...(is.promises ?? [])] : choices.scopes);
    scopes.el.addEventListener('change', chosen);
    what.replaceChildren(...(is ? [scopes.el, ...(is.role === 'supporter' && !is.promises?.length ? [h('p.hint', t('promise.none'))] : [])] : []));
    chosen();
  });
  const id = uuid7();
  const send = async () => {
    await call('POST', api('consents'), { body: { id, kind: 'sharing', provision: 'permit', ...terms(), words: await readWords() } });
    sayNext(t('share.done'));
    go(at('sharing'));
  };
  const terms = () => ({
    recipient: who.read(),
    scopes: scopes.read(),
    purposes: [person().role === 'supporter' ? 'family' : 'treatment'],
    expiry: { at: new Date(Date.now() + Number(days.read()) * 86_400_000).toISOString() },
    ...promises.read(),
    statements: statement.read() ? ['revocation'] : [],
    signature: { name: signature.read(), method: 'typed' },
  });
  const scopeRow = { el: what, get fields() { return [scopes]; } };
  const promiseRow = { el: promised, get fields() { return promises.fields; } };
  return {
    title: t('sharing.new'),
    lead: t('share.lead'),
    back: [t('more.sharing'), at('sharing')],
    body: h('div.card', form([who, scopeRow, promiseRow, days, statement, signature], send, {
      submit: t('share.send'),
      check: () => required(who, ...(person() ? [scopes] : []), statement, signature),
    }), h('p.note', t('share.worries'))),
  };
}

const scopeField = (scopes) =>
  choiceField('scopes', t('share.what'), scopes.map((s) => [s, t(`scope.${s}`)]), { many: true, hint: t('share.what.hint') });
