// Within how many working days the team answers messages. Only what was agreed: patients
// read it, and who owes an answer is reminded.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { form, selectField } from '../forms.js';
import { sayNext } from '../frame.js';

export default async function messageSettingsScreen({ again }) {
  const { data, etag } = await call('GET', '/v1/message-settings');
  const days = selectField('answerWithinDays', t('norms.days'), [...Array(11).keys()].map((n) => [String(n), n === 0 ? t('norms.none') : t('norms.n', { n })]),
    { value: String(data.answerWithinDays), hint: t('norms.hint') });
  const save = async () => {
    await call('PUT', '/v1/message-settings', { etag, body: { answerWithinDays: Number(days.read()) } });
    sayNext(t('norms.saved'));
    again();
  };
  return { title: t('norms.title'), back: [t('menu.office'), '#/office'], body: h('div.card', form([days], save, {})) };
}
