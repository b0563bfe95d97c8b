// A code that lets somebody in. For who was signed in before, the office says first how
// it made sure who it is.

import { action } from './action.js';
import { h, fill } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { dateTime } from './format.js';
import { choiceField, form } from './forms.js';

const CHECKS = ['known-in-person', 'photo-id', 'called-back', 'birth-date', 'last-visit', 'address'];

export function newCode(account) {
  const code = h('div', { role: 'status' });
  const rest = h('div');
  const make = async (identityChecked) => {
    const { data } = await call('POST', `/v1/accounts/${account.id}/enrolment-codes`, identityChecked && { body: { identityChecked } });
    fill(code, h('p.code', data.code), h('p.note', t('account.code.until', { time: dateTime(data.expiresAt) })));
    fill(rest, again());
  };
  const again = () => action(t('account.code.make'), async () => {
    try {
      await make();
    } catch (problem) {
      if (!problem.fields?.some((f) => f.code === 'identity-not-checked')) throw problem;
      fill(rest, identity());
      rest.querySelector('input').focus();
    }
  });
  const identity = () => {
    const field = choiceField('identityChecked', t('account.identity'), CHECKS.map((c) => [c, t(`account.identity.${c}`)]),
      { many: true, hint: t('account.identity.hint') });
    return form([field], () => make(field.read()), { submit: t('account.code.make') });
  };
  fill(rest, again());
  return h('div.card', h('h2', t('account.code')), h('p.note', t('account.code.hint')), h('p.note', t('account.code.ends-others')), code, rest);
}
