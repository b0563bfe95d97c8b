// Sign-in by Firebase, as the office sees it. Phones do it in the app itself.

import { h } from './dom.js';
import { t } from './texts.js';
import { call, read } from './api.js';
import { date } from './format.js';
import { sayNext } from './frame.js';
import { form, required, textField } from './forms.js';

// agreed reads what the clinic has said; null: this clinic has no Firebase.
const agreed = () => read('/v1/site/firebase-agreement').catch((problem) => {
  if (problem.status === 404 || problem.status === 403) return null;
  throw problem;
});

// firebaseAgreement is for an administrator: it is off before.
export async function firebaseAgreement(again) {
  const said = await agreed();
  if (!said) return null;
  const agreement = textField('agreement', t('firebase.agreement'), { hint: t('firebase.agreement.hint'), value: said.agreement, maxlength: '500' });
  const sender = textField('senderName', t('firebase.sender'), { hint: t('firebase.sender.hint'), value: said.senderName, maxlength: '11' });
  const send = async () => {
    await call('PUT', '/v1/site/firebase-agreement', { body: { agreement: agreement.read(), senderName: sender.read() } });
    sayNext(t('firebase.said'));
    again();
  };
  return h('details.card', h('summary', t('firebase.title')), h('p.note', said.at ? t('firebase.on', { name: said.by, date: date(said.at) }) : t('firebase.off')),
    form([agreement, sender], send, { submit: t('firebase.say'), check: () => required(agreement, sender) }));
}

// expectNumber lets somebody into an account by their phone number.
export function expectNumber(account, again) {
  const phone = textField('phone', t('firebase.phone'), { hint: t('firebase.phone.hint'), type: 'tel', autocomplete: 'off', maxlength: '40' });
  const send = async () => {
    await call('PUT', `/v1/accounts/${account.id}/expected-firebase`, { body: { phone: phone.read() } });
    sayNext(t('providers.expects'));
    again();
  };
  return h('details.card', h('summary', t('firebase.expect')), form([phone], send, { submit: t('providers.expect'), check: () => required(phone) }));
}
