// Raise an alert by hand: somebody noticed something that a person must look at. Who keeps
// teams in order and reads no chart goes back to the team: the alert is not theirs to read.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { nameOf } from '../chartback.js';
import { choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function raiseAlertScreen({ patientId, me, go }) {
  const name = await nameOf(patientId);
  const chart = `#/p/${patientId}${me.role === 'clinician' ? '' : '/team'}`;
  const tier = choiceField('tier', t('raise.tier'), ['elevated', 'urgent', 'emergent'].map((tier) => [tier, t(`alert.tier.${tier}`)]));
  const words = textField('words', t('raise.words'), { area: true, maxlength: '2000', hint: t('raise.words.hint') });
  const id = uuid7();
  const send = async () => {
    await call('POST', `/v1/patients/${patientId}/alerts`, { body: { id, tier: tier.read(), words: words.read() } });
    sayNext(t(me.role === 'coordinator' ? 'raise.sent' : 'raise.done'));
    go(me.role === 'coordinator' ? chart : `#/alerts/${id}`);
  };
  return {
    title: t('raise.title'),
    lead: name,
    back: [name, chart],
    body: [h('p.warn', t('raise.lead')), h('div.card', form([tier, words], send, { submit: t('raise.send'), check: () => required(tier, words) }))],
  };
}
