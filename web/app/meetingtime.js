// Whether one comes to a meeting, and what who called it does with its time: another
// one, or none.

import { fill, h } from './dom.js';
import { action } from './action.js';
import { t } from './texts.js';
import { call } from './api.js';
import { choiceField, form, required } from './forms.js';
import { sayNext } from './frame.js';
import { site } from './numbers.js';
import { timeList } from './timelist.js';

const DAYS = 14; // ahead, in which another time is looked for
const reasons = ['prov-pers', 'prov', 'oth-room', 'oth-weath', 'oth-err', 'other']; // FHIR appointment-cancellation-reason

export function meetingTime({ data, etag }, ctx) {
  const at = `/v1/conferences/${data.id}`;
  const mine = data.participants.find((p) => p.who === ctx.me.accountId);
  if (data.status === 'cancelled') return h('p.warn', t('meeting.off'));
  const done = async (words) => {
    sayNext(t(words));
    await ctx.again();
  };
  const answer = (is) => action(t(`meeting.answer.${is}`), async () => {
    await call('PUT', `${at}/answer`, { body: { answer: is } });
    await done('alert.saved');
  }, { kind: 'quiet.small', 'aria-pressed': String(mine?.status === is) });
  return h('section.card', h('h2', t('meeting.comes')), h('ul.plain', data.participants.map((p) => h('li', h('bdi', p.name), h('span.note', ` · ${t(`meeting.is.${p.status}`)}`)))),
    mine && h('div.actions', ['accepted', 'tentative', 'declined'].map(answer)),
    data.calledBy.accountId === ctx.me.accountId && [
      h('details', h('summary', t('meeting.move')), moving(data, etag, at, done)),
      h('details', h('summary', t('meeting.cancel')), ending(etag, at, done))]);
}

function moving(data, etag, at, done) {
  const times = h('div');
  const find = async () => {
    const from = new Date();
    const query = new URLSearchParams({ visitType: data.visitType, modality: data.modality, from: from.toISOString(), to: new Date(from.getTime() + DAYS * 86_400_000).toISOString(), limit: '40' });
    data.participants.filter((p) => p.kind === 'clinician').forEach((p) => query.append('who', p.who));
    fill(times, await timeList(`/v1/conferences/slots?${query}`, [(await site())?.zone], async (start) => {
      await call('POST', `${at}/reschedule`, { body: { start }, etag });
      await done('meeting.moved');
    }));
  };
  return h('div', action(t('meeting.times'), find, { kind: 'quiet' }), times);
}

function ending(etag, at, done) {
  const why = choiceField('reason', t('cancel.why'), reasons.map((code) => [code, t(`cancel.team.${code}`)]));
  return form([why], async () => {
    await call('POST', `${at}/cancel`, { body: { reason: why.read() }, etag });
    await done('meeting.cancelled');
  }, { submit: t('meeting.cancel'), check: () => required(why) });
}
