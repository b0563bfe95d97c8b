// How and when the patient may be called.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { checkField, choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';

export default async function callWishScreen({ api, again }) {
  const path = api('call-wish');
  const { data: wish, etag } = await call('GET', path);
  const hours = wish.windows?.[0] ?? { from: '', to: '' };
  const voicemail = choiceField('voicemail', t('callwish.voicemail'), ['no', 'name-only', 'yes'].map((v) => [v, t(`callwish.voicemail.${v}`)]), { value: wish.voicemail });
  const texts = checkField('texts', t('callwish.texts'), { checked: wish.texts });
  const from = textField('windows[0].from', t('callwish.from'), { type: 'time', value: hours.from });
  const to = textField('windows[0].to', t('callwish.to'), { type: 'time', value: hours.to, hint: t('callwish.to.hint') });
  const number = textField('number', t('callwish.number'), { type: 'tel', autocomplete: 'tel', value: wish.number ?? '', hint: t('callwish.number.hint') });
  const note = textField('note', t('callwish.note'), { area: true, value: wish.note ?? '', maxlength: '300' });
  const send = async () => {
    const windows = from.read() && to.read() ? [{ ...hours, from: from.read(), to: to.read() }, ...(wish.windows ?? []).slice(1)] : [];
    await call('PUT', path, { body: { number: number.read(), voicemail: voicemail.read() || undefined, texts: texts.read(), windows, note: note.read() }, etag });
    sayNext(t('reminders.saved'));
    await again();
  };
  return {
    title: t('more.call-wish'),
    lead: t('callwish.lead'),
    back: [t('menu.more'), '#/more'],
    body: h('div.card', form([voicemail, texts, from, to, number, note], send, { check: () => (Boolean(from.read()) === Boolean(to.read()) ? [] : required(from, to)) })),
  };
}
