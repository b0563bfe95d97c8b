// The office makes an account.

import { h } from '../dom.js';
import { t, languages, language } from '../texts.js';
import { call } from '../api.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { languageName } from '../format.js';
import { uuid7 } from '../uuid.js';
import { interpretsField, keepLanguages } from '../interpreters.js';

const mayMake = { administrator: ['patient', 'supporter', 'guardian', 'interpreter', 'clinician', 'coordinator', 'administrator'], coordinator: ['patient', 'supporter', 'guardian', 'interpreter'] };
export const disciplines = ['primary-care', 'psychiatry', 'psychology', 'addiction', 'nursing', 'therapy', 'social-work',
  'community-health', 'peer', 'pharmacy', 'dietetics', 'genetic-counselling', 'creative-therapy', 'trainee'];

export default async function newAccountScreen({ me, go }) {
  const role = selectField('role', t('newaccount.role'), (mayMake[me.role] ?? []).map((r) => [r, t(`role.${r}`)]), { value: 'patient' });
  const name = textField('name', t('newaccount.name'), { autocomplete: 'off', maxlength: '200' });
  const speaks = selectField('language', t('language.label'),
    languages.map((code) => [code, languageName(code)]), { value: language() });
  const discipline = selectField('discipline', t('newaccount.discipline'), disciplines.map((d) => [d, t(`discipline.${d}`)]));
  const interprets = interpretsField();
  const turn = () => {
    discipline.el.hidden = role.read() !== 'clinician';
    interprets.el.hidden = role.read() !== 'interpreter';
  };
  role.input.addEventListener('change', turn);
  turn();
  const id = uuid7();
  const send = async () => {
    const body = { id, role: role.read(), name: name.read(), language: speaks.read() };
    if (body.role === 'clinician') body.discipline = discipline.read();
    await call('POST', '/v1/accounts', { body });
    if (body.role === 'interpreter') await keepLanguages({ id, name: body.name }, interprets.read());
    sayNext(t('newaccount.done'));
    go(`#/office/${id}`);
  };
  return {
    title: t('newaccount.title'),
    back: [t('menu.office'), '#/office'],
    body: h('div.card', form([role, discipline, interprets, name, speaks], send,
      { check: () => [...required(name), ...(role.read() === 'interpreter' ? required(interprets) : [])] })),
  };
}
