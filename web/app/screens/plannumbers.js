// The clinic's own numbers in somebody's plan: the team renews them at once.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';

export default async function planNumbersScreen({ api, at, go }) {
  const { active, clinicNumbers = [] } = await read(api('crisis-plan'));
  const contacts = (active?.content.professionalSupport?.contacts ?? []).filter((c) => clinicNumbers.includes(c.phone.number));
  const card = (contact) => {
    const phone = textField('phone', t('editplan.phone'), { hint: t('editplan.phone.hint'), type: 'tel', maxlength: '40' });
    const send = async () => {
      await call('POST', api('crisis-plan/clinic-numbers'), { body: { was: contact.phone.number, phone: { number: phone.read() } } });
      sayNext(t('plan.numbers.saved'));
      go(at('plan'));
    };
    return h('div.card', h('h2', contact.name), h('p.note', t('plan.numbers.was', { number: contact.phone.display ?? contact.phone.number })),
      form([phone], send, { check: () => required(phone) }));
  };
  return { title: t('plan.numbers'), lead: t('plan.numbers.lead'), back: [t('chart.plan'), at('plan')], body: contacts.map(card) };
}
