// The office: the partners of the clinic, what they help with, and how many they take.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { checkField, choiceField, form, required, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';
import { needs, needWords } from './referrals.js';

export default async function partnersScreen({ again }) {
  const partners = (await all('/v1/partners')).filter((p) => !p.endedAt);
  return {
    title: t('partners.title'), lead: t('partners.lead'), back: [t('menu.office'), '#/office'],
    body: [
      partners.map((p) => h('details.card', h('summary', h('bdi', p.name), ' · ', t('partners.taken', { n: p.taken, of: p.capacity })), partnerForm(p, again))),
      h('div.card', h('h2', t('partners.new')), partnerForm(null, again)),
    ],
  };
}

function partnerForm(p, again) {
  const name = textField('name', t('newaccount.name'), { value: p?.name ?? '', maxlength: '200' });
  const helps = choiceField('needs', t('partners.needs'), needs.map((n) => [n, needWords(n)]), { value: p?.needs ?? [], many: true });
  const capacity = textField('capacity', t('partners.capacity'), { value: String(p?.capacity ?? 1), type: 'number', min: '0', max: '10000' });
  const days = textField('replyDays', t('partners.days'), { value: String(p?.replyDays ?? 3), type: 'number', min: '1', max: '60' });
  const ended = p && checkField('ended', t('partners.end'), { hint: t('partners.end.hint') });
  const id = p?.id ?? uuid7();
  const send = async () => {
    const body = { name: name.read(), needs: helps.read(), capacity: Number(capacity.read()), replyDays: Number(days.read()), about: p?.about, phone: p?.phone };
    if (p) {
      const { etag } = await call('GET', `/v1/partners/${id}`);
      await call('PUT', `/v1/partners/${id}`, { etag, body: { ...body, ended: ended.read() } });
    } else await call('POST', '/v1/partners', { body: { id, ...body } });
    sayNext(t('place.saved'));
    again();
  };
  return form([name, helps, capacity, days, ...(ended ? [ended] : [])], send, { check: () => required(name, helps) });
}
