// Call a meeting about a patient: who comes, what about, and a time at which all can.

import { fill, h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { site } from '../numbers.js';
import { timeList } from '../timelist.js';
import { uuid7 } from '../uuid.js';
import { whoTakes } from '../colleagues.js';

const DAYS = 14;

export default async function callMeetingScreen(ctx) {
  const [people, kinds, clinic] = await Promise.all([whoTakes(ctx.patientId, ctx.me, ['clinician']), all('/v1/visit-types'), site()]);
  const others = people.filter(([id]) => id !== ctx.me.accountId);
  const f = {
    topic: textField('agenda[0].topic', t('meeting.topic'), { maxlength: '500' }),
    who: choiceField('who', t('meeting.who'), others, { many: true, value: others.map(([id]) => id) }),
    visitType: selectField('visitType', t('newvisit.title'), kinds.map((k) => [k.id, k.name])),
    modality: selectField('modality', t('meeting.how'), ['video', 'in-person', 'phone'].map((m) => [m, t(`week.how.${m}`)])),
  };
  const times = h('div');
  const id = uuid7();
  const find = async () => {
    const ask = { visitType: f.visitType.read(), modality: f.modality.read(), who: f.who.read() };
    const from = new Date();
    const query = new URLSearchParams({ visitType: ask.visitType, modality: ask.modality, from: from.toISOString(), to: new Date(from.getTime() + DAYS * 86_400_000).toISOString(), limit: '40' });
    ask.who.forEach((who) => query.append('who', who));
    fill(times, await timeList(`/v1/conferences/slots?${query}`, [clinic?.zone], async (start) => {
      await call('POST', '/v1/conferences', { body: { id, start, ...ask, agenda: [{ patientId: ctx.patientId, topic: f.topic.read() }] } });
      sayNext(t('meeting.called'));
      ctx.go(ctx.at(`meetings/${id}`));
    }));
  };
  return {
    title: t('meeting.call'),
    back: [(await chartBack(ctx))[0], ctx.at('meetings')],
    body: [form(Object.values(f), find, { submit: t('meeting.times'), check: () => required(f.topic, f.who) }), times],
  };
}
