// Where else reminders may go: an e-mail address that its owner has confirmed, a
// number whose owner agreed to SMS. Shown where the clinic can send that way.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { checkField, form, textField } from './forms.js';
import { sayNext } from './frame.js';

export function contactCards(settings, again) {
  const put = async (path, body, words) => {
    await call('PUT', path, { body });
    sayNext(words);
    await again();
  };
  return [settings.channels.includes('email') && emailCard(settings, put), settings.channels.includes('sms') && phoneCard(settings, put, again)];
}

function emailCard(settings, put) {
  const email = textField('email', t('contact.email'), { type: 'email', autocomplete: 'email', hint: t('contact.email.hint') });
  const now = settings.email && t(settings.emailBounced ? 'contact.email.bounced' : settings.emailConfirmed ? 'contact.email.is' : 'contact.email.waits', { address: settings.email });
  return h('section.card', h('h2', t('contact.email')), now && h('p', now),
    form([email], () => put('/v1/me/email', { email: email.read() }, t('contact.email.sent')), { submit: t('contact.email.send') }),
    settings.email && action(t('contact.email.remove'), () => put('/v1/me/email', { email: '' }, t('contact.removed')), { kind: 'danger' }));
}

function phoneCard(settings, put, again) {
  const phone = textField('phone', t('contact.phone'), { type: 'tel', autocomplete: 'tel', hint: t('contact.phone.hint') });
  const sms = checkField('sms', t('contact.sms.yes'), { hint: t('contact.sms.hint') });
  const state = settings.phoneBounced ? 'contact.phone.bounced' : settings.smsStopped ? 'contact.phone.said-stop' : settings.sms ? (settings.phoneConfirmed ? 'contact.phone.is' : 'contact.phone.waits') : 'contact.phone.stopped';
  const now = settings.phone && t(state, { number: settings.phone });
  return h('section.card', h('h2', t('contact.phone')), now && h('p', now),
    form([phone, sms], () => put('/v1/me/phone', { phone: phone.read(), sms: sms.read() }, t('reminders.saved'))),
    settings.sms && !settings.phoneConfirmed && h('div', h('p.note', t('contact.phone.ask.hint')), action(t('contact.phone.ask'), async () => {
      await call('POST', '/v1/me/phone/confirmation');
      sayNext(t('contact.phone.asked'));
      await again();
    }, { kind: 'quiet' })),
    settings.phone && action(t('contact.phone.remove'), () => put('/v1/me/phone', { phone: '', sms: false }, t('contact.removed')), { kind: 'danger' }));
}
