// The office makes an account.

import { h } from '../dom.js';
import { t, languages, language } from '../texts.js';
import { all, call } from '../api.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { languageName } from '../format.js';
import { uuid7 } from '../uuid.js';
import { interpretsField, keepLanguages } from '../interpreters.js';

const mayMake = { administrator: ['patient', 'supporter', 'guardian', 'interpreter', 'partner', 'clinician', 'coordinator', 'administrator'], coordinator: ['patient', 'supporter', 'guardian', 'interpreter', 'partner'] };
export const disciplines = ['primary-care', 'psychiatry', 'psychology', 'addiction', 'nursing', 'therapy', 'social-work',
  'community-health', 'peer', 'pharmacy', 'dietetics', 'genetic-counselling', 'creative-therapy', 'trainee'];

export default async function newAccountScreen({ me, go }) {
  const role = selectField('role', t('newaccount.role'), (mayMake[me.role] ?? []).map((r) => [r, t(`role.${r}`)]), { value: 'patient' });
  const name = textField('name', t('newaccount.name'), { autocomplete: 'off', maxlength: '200' });
  const speaks = selectField('language', t('language.label'),
    languages.map((code) => [code, languageName(code)]), { value: language() });
  const discipline = selectField('discipline', t('newaccount.discipline'), disciplines.map((d) => [d, t(`discipline.${d}`)]));
  const interprets = interpretsField();
  const partner = selectField('partnerId', t('referral.partner'), (await all('/v1/partners')).filter((p) => !p.endedAt).map((p) => [p.id, p.name]));
  const turn = () => {
    discipline.el.hidden = role.read() !== 'clinician';
    partner.el.hidden = role.read() !== 'partner';
    interprets.el.hidden = role.read() !== 'interpreter';
  };
  role.input.addEventListener('change', turn);
  turn();
  const id = uuid7();
  const send = async () => {
    const body = { id, role: role.read(), name: name.read(), language: speaks.read() };
    if (body.role === 'clinician') body.discipline = discipline.read();
    if (body.role === 'partner') body.partnerId = partner.read() || undefined;
    await call('POST', '/v1/accounts', { body });
    if (body.role === 'interpreter') await keepLanguages({ id, name: body.name }, interprets.read());
    sayNext(t('newaccount.done'));
    go(`#/office/${id}`);
  };
  return {
    title: t('newaccount.title'),
    back: [t('menu.office'), '#/office'],
    body: h('div.card', form([role, discipline, partner, interprets, name, speaks], send,
      { check: () => [...required(name), ...(role.read() === 'interpreter' ? required(interprets) : [])] })),
  };
}
