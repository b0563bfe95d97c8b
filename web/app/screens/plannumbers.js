// The clinic's own numbers in somebody's plan, and when they are answered: the team
// renews both at once.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { answerHours } from '../answerhours.js';
import { form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { zone } from '../intl.js';
import { phoneOf } from '../listfield.js';
import { site } from '../numbers.js';

export default async function planNumbersScreen({ api, at, go }) {
  const [{ active, clinicNumbers = [] }, clinic] = await Promise.all([read(api('crisis-plan')), site()]);
  const contacts = (active?.content.professionalSupport?.contacts ?? []).filter((c) => clinicNumbers.includes(c.phone.number));
  const card = (contact) => {
    const was = contact.phone.display ?? contact.phone.number;
    const phone = textField('phone', t('editplan.phone'), { hint: t('editplan.phone.hint'), type: 'tel', value: was });
    const hours = answerHours(contact.hours, clinic?.zone || zone());
    const send = async () => {
      await call('POST', api('crisis-plan/clinic-numbers'), { body: { was: contact.phone.number, phone: phoneOf(phone.read(), { ...contact.phone, display: was }), hours: hours.read() } });
      sayNext(t('plan.numbers.saved'));
      go(at('plan'));
    };
    return h('div.card', h('h2', contact.name), h('p.note', t('plan.numbers.was', { number: was })),
      form([phone, hours], send, { check: () => [...required(phone), ...hours.missing()] }));
  };
  return { title: t('plan.numbers'), lead: t('plan.numbers.lead'), back: [t('chart.plan'), at('plan')], body: contacts.map(card) };
}
