// Write the crisis plan together. What is saved is a draft; the phone keeps the
// version before until the draft is put to use. Two people who change different
// parts at the same time lose nothing: the server merges by part.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { form } from '../forms.js';
import { planParts } from '../planform.js';
import { sayNext } from '../frame.js';

export default async function editPlanScreen({ api, at, go }) {
  const { data, etag } = await call('GET', api('crisis-plan'));
  const content = data.draft?.content ?? data.active?.content ?? {};
  const parts = Object.entries(planParts).map(([name, make]) => [name, /** @type {any} */ (make(content))]);
  const send = async () => {
    const written = Object.fromEntries(parts.map(([name, part]) => [name, part.read()]));
    await call('PUT', api('crisis-plan'), { body: { content: written }, etag });
    sayNext(t('editplan.saved'));
    go(at('plan/draft'));
  };
  return {
    title: t('editplan.title'),
    lead: t('editplan.lead'),
    back: [t('chart.plan'), at('plan')],
    body: h('div.card', form(parts.map(([, part]) => part), send, { submit: t('editplan.send') })),
  };
}
