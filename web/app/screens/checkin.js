// Today's check-in. It is kept in the phone before anything is sent; an answer that
// asks for help is met with help before everything else, with or without a network.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { get, putOwn } from '../db.js';
import { hear } from '../bus.js';
import { checkInForm, due, noteAsked } from '../checkinform.js';
import { form } from '../forms.js';
import { offsetTime, zone } from '../format.js';
import { helpFirst } from '../callcard.js';
import { markShown, showsItself } from '../latehelp.js';
import { monitoringWords } from '../monitoring.js';
import { needsOf } from '../needshelp.js';
import { site } from '../numbers.js';
import { keep, sendAll, standing } from '../outbox.js';
import { standWords } from '../outboxview.js';
import { instrumentFields, questionField } from '../questions.js';
import { place } from '../frame.js';
import { uuid7 } from '../uuid.js';

export default async function checkInScreen({ me, patientId }) {
  const asked = await checkInForm(patientId);
  const questions = asked.questions.map((q) => ({ q, field: questionField(q) }));
  const instruments = (await due(asked)).map((i) => ({ i, part: instrumentFields(i) }));
  const id = uuid7();
  const read = async () => ({
    id, formVersion: asked.version, answeredAt: offsetTime(), zone: zone(),
    answers: Object.fromEntries(questions.map(({ q, field }) => [q.id, field.read()]).filter(([, v]) => v !== null && v !== '')),
    instruments: instruments.map(({ i, part }) => ({ id: i.id, answers: part.read() })).filter((i) => Object.keys(i.answers).length > 0),
    deviceId: me.device.id, sequence: await nextSequence(),
  });
  const check = () => {
    const empty = questions.every(({ field }) => field.read() === null || field.read() === '') &&
      instruments.every(({ part }) => Object.keys(part.read()).length === 0);
    if (empty) return [[questions[0].field, t('checkin.empty')]];
    return questions.filter(({ field }) => field.valid && !field.valid()).map(({ field }) => [field, t('checkin.number')]);
  };
  const send = async () => {
    const body = await read();
    await showOutcome(body, keep(patientId, body));
    await noteAsked(body.instruments);
    await sendAll();
  };
  return {
    title: t('checkin.title'),
    lead: t('checkin.lead'),
    back: [t('menu.today'), '#/today'],
    body: [
      form([...questions.map(({ field }) => field), ...instruments.map(({ part }) => part)], send, { submit: t('checkin.send'), check }),
      h('p.note', monitoringWords((await site())?.monitoring)),
    ],
  };
}

async function nextSequence() {
  const next = ((await get('sequence')) ?? 0) + 1;
  await putOwn('sequence', next);
  return next;
}

// showOutcome takes the place of the form: help first where it is needed, then how
// the check-in stands. It follows the outbox, because sending may take a while.
async function showOutcome(body, kept) {
  const first = h('div.first');
  const stands = h('div', { role: 'status' });
  const needs = needsOf(body);
  showsItself(body.id);
  if (needs.length > 0) fill(first, await helpFirst(null, needs));
  const heading = needs.length > 0 ? t('help.title') : t('checkin.thanks');
  place({ title: heading, body: [first, h('div.card', stands), h('a.button.quiet', { href: '#/today' }, t('checkin.back'))] });
  const who = monitoringWords((await site())?.monitoring);
  const draw = async () => {
    const entry = (await standing()).find((e) => e.id === body.id);
    if (entry?.help) {
      await markShown(entry.id);
      fill(first, await helpFirst(entry.help, needs));
    }
    fill(stands, standWords(entry ?? { state: 'waiting' }),
      h('p.note', t(`outbox.${entry?.state ?? 'waiting'}.more`)), h('p.note', who));
  };
  const stop = hear('outbox', () => (stands.isConnected ? draw() : stop()));
  await kept.then(draw, () => fill(stands, h('p.warn', t('checkin.not-kept'))));
}
