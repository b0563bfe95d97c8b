// Breaking the glass: medical personnel open the small part of a record that helps in
// an emergency. What is chosen here is kept and answered for. Who was called about an alert
// comes from there: they need not know whose it is.
// Operations: breakGlass, breakGlassByName.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { dateTime } from '../format.js';
import { checkField, choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const reasons = ['overdose', 'suicide-risk', 'unconscious', 'severe-withdrawal', 'other-emergency'];
export const risks = ['harm-to-self', 'harm-from-others', 'harm-to-others'];

// medical are the professions that may do this (42 CFR 2.51).
const medical = ['primary-care', 'psychiatry', 'addiction', 'nursing', 'pharmacy'];
export const isMedical = (me) => me.role === 'clinician' && medical.includes(me.discipline);

export default async function emergencyScreen({ params, go }) {
  const called = params.patient;
  const name = textField('name', t('glass.name'), { autocomplete: 'off', maxlength: '200' });
  const birth = textField('birthDate', t('glass.birth'), { type: 'date', autocomplete: 'off' });
  const whose = called ? [] : [name, birth];
  const where = textField('affiliation', t('glass.affiliation'), { autocomplete: 'organization', maxlength: '200' });
  const reason = choiceField('reason', t('glass.reason'), reasons.map((v) => [v, t(`glass.reason.${v}`)]));
  const nature = textField('nature', t('glass.nature'), { hint: t('glass.nature.hint'), area: true, maxlength: '1000' });
  const noConsent = checkField('cannotObtainConsent', t('glass.no-consent'));
  const risk = choiceField('tellRisk', t('glass.risk'), ['none', ...risks].map((v) => [v, t(`glass.risk.${v}`)]), { value: 'none' });
  const id = uuid7();
  const send = async () => {
    const body = { id, ...(!called && { name: name.read(), birthDate: birth.read() }), affiliation: where.read(), reason: reason.read(), nature: nature.read(),
      cannotObtainConsent: noConsent.read(), ...(risk.read() !== 'none' && { tellRisk: risk.read() }) };
    const { data } = await call('POST', called ? `/v1/patients/${called}/break-glass` : '/v1/break-glass', { body });
    sayNext(t(data.restricted ? 'glass.opened.closed' : 'glass.opened', { time: dateTime(data.until) }));
    go(`#/p/${data.patientId}/plan`);
  };
  const fields = [...whose, where, reason, nature, noConsent, risk];
  return {
    title: t('glass.title'),
    lead: t('glass.lead'),
    back: called ? [t('menu.myday'), '#/my-day'] : [t('menu.patients'), '#/patients'],
    body: h('div.card', form(fields, send, { submit: t('glass.send'), check: () => required(...whose, where, reason, nature, noConsent) })),
  };
}
