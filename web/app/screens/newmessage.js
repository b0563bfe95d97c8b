// Begin a conversation. Who takes part is said first, and never changes.

import { h } from '../dom.js';
import { here } from '../chartback.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { helpBelow, helpStays, send, whoReads } from '../messaging.js';
import { within } from '../safely.js';
import { uuid7 } from '../uuid.js';

export default async function newMessageScreen({ me, own, patientId, api, at, go }) {
  await here({ own, patientId });
  const kinds = { patient: ['patient', 'family'], supporter: ['family'], clinician: ['patient', 'team', 'family'] }[me.role] ?? [];
  const family = kinds.includes('family') && me.role !== 'supporter' ? await familyOf(api, own) : [];
  const offered = kinds.filter((k) => k !== 'family' || me.role === 'supporter' || family.length > 0);
  // Staff choose each time: what is meant for the team alone must not go to the patient by a tap that missed.
  const kind = choiceField('kind', t('newmessage.who'), offered.map((k) => [k, t(`newmessage.kind.${k}`)]), { value: me.role === 'clinician' ? undefined : offered[0] });
  const who = selectField('supporterId', t('newmessage.supporter'), family.map((p) => [p.accountId, p.name]));
  const subject = textField('subject', t('newmessage.subject'), { hint: t('newmessage.subject.hint'), maxlength: '120' });
  const text = textField('message.text', t('newmessage.text'), { area: true, maxlength: '4000', rows: '6' });
  const urgency = choiceField('message.urgency', t('newmessage.urgency'), [['routine', t('urgency.routine')], ['urgent', t('urgency.urgent')]],
    { value: 'routine', hint: t('newmessage.urgency.hint') });
  const id = uuid7();
  const first = uuid7();
  const write = async () => {
    const supporter = me.role === 'supporter' ? me.accountId : who.read();
    const body = { id, patientId, kind: kind.read(), subject: subject.read(), message: { id: first, text: text.read(), urgency: urgency.read() } };
    if (body.kind === 'family') body.supporterId = supporter;
    if (await send(me, body, '/v1/threads', text.read())) return void helpStays(me, `#/threads/${id}`);
    sayNext(t('messages.kept'));
    go(`#/threads/${id}`);
  };
  return {
    title: t('messages.new'),
    back: [t('messages.title'), at('messages')],
    body: [await whoReads(me), h('div.card', form([kind, family.length > 0 ? who : null, subject, text, { el: helpBelow(me, text) }, urgency].filter(Boolean), write,
      { submit: t('messages.send'), check: () => required(kind, text) }))],
  };
}

// familyOf are the supporters who may take part: the patient has said so. Who of the team
// asks learns it when the server takes the message, or does not.
async function familyOf(api, own) {
  const consents = await within(1500, () => read(api('consents?limit=100'))).catch(() => null);
  const on = (consents?.items ?? []).filter((c) => c.status === 'active' && c.provision === 'permit' && c.scopes.includes('messages.shared'));
  if (on.length === 0) return [];
  const people = own ? (await read(api('sharing-choices')).catch(() => null))?.people ?? [] : [];
  return on.map((c) => ({ accountId: c.recipient, name: people.find((p) => p.accountId === c.recipient)?.name ?? c.recipientName ?? c.recipient }));
}
