// Today's check-in. An answer that asks for help is met with help before everything
// else: before it is checked, kept or sent, with or without storage and network.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { get, putOwn } from '../db.js';
import { hear } from '../bus.js';
import { checkInForm, due, noteAsked } from '../checkinform.js';
import { form } from '../forms.js';
import { localDay, offsetTime } from '../format.js';
import { toldInTablets } from '../kepttablets.js';
import { saidZone } from '../intl.js';
import { helpFirst } from '../callcard.js';
import { markShown, showsItself } from '../latehelp.js';
import { helpBelow } from '../messaging.js';
import { monitoringWords } from '../monitoring.js';
import { needsOf } from '../needshelp.js';
import { readers } from '../numbers.js';
import { keep, sendAll, standing } from '../outbox.js';
import { standWords } from '../outboxview.js';
import { instrumentFields, questionField, RATHER_NOT } from '../questions.js';
import { place, putFirst, showFloor } from '../frame.js';
import { safely, within } from '../safely.js';
import { uuid7 } from '../uuid.js';

const PATIENCE = 1000; // milliseconds that a check-in waits for what it can go without

export default async function checkInScreen({ me, patientId }) {
  const asked = await checkInForm(patientId, me.accountId);
  const toldThere = await within(PATIENCE, () => toldInTablets(localDay()), false); // what was told there is not asked again
  const questions = asked.questions.filter((q) => q.id !== 'medicines' || !toldThere).map((q) => ({ q, field: questionField(q) }));
  const instruments = (await due(asked)).map((i) => ({ i, part: instrumentFields(i) }));
  const id = uuid7();
  const told = () => ({
    answers: Object.fromEntries(questions.map(({ q, field }) => [q.id, field.read()]).filter(([, v]) => v !== null && v !== '' && v !== RATHER_NOT)),
    declined: questions.filter(({ field }) => field.read() === RATHER_NOT).map(({ q }) => q.id),
    instruments: instruments.map(({ i, part }) => ({ id: i.id, answers: part.read(), ...(part.declined().length > 0 && { declined: part.declined() }) }))
      .filter((i) => i.declined || Object.keys(i.answers).length > 0),
  });
  const check = () => {
    const { answers, declined, instruments: filled } = told();
    if (Object.keys(answers).length + filled.length + declined.length === 0) return [[questions[0].field, t('checkin.empty')]];
    const wrong = questions.filter(({ field }) => field.valid && !field.valid()).map(({ field }) => [field, t('checkin.number')]);
    if (wrong.length > 0) helpAbove(told());
    return wrong;
  };
  const send = async () => {
    /** @type {Record<string, any>} */
    const body = { id, formVersion: asked.version, answeredAt: safely(() => offsetTime()), zone: saidZone().slice(0, 64), ...told(), deviceId: me.device?.id };
    const needs = helpAbove(body);
    const outcome = safely(() => showOutcome(body, needs));
    body.sequence = await within(PATIENCE, () => nextSequence(me.accountId));
    const kept = keep(patientId, body, undefined, { asksHelp: needs.length > 0, account: me.accountId });
    await Promise.all([outcome?.follow(kept), kept.catch(() => {})]);
    await within(PATIENCE, () => noteAsked(body.instruments, me.accountId));
    await sendAll();
    outcome?.read();
  };
  return {
    title: t('checkin.title'),
    lead: t('checkin.lead'),
    back: [t('menu.today'), '#/today'],
    body: [
      h('section.card', h('h2', t('checkin.before')), h('p', monitoringWords(await readers())), h('p', t('checkin.cant')), h('p', t('checkin.skip'))),
      form([...questions.flatMap(({ q, field }, i) => [asksNeed(q.id) && !questions.slice(0, i).some((one) => asksNeed(one.q.id)) && whoSeesNeeds(), field, q.kind === 'text' && helpBelow(me, field)].filter(Boolean)), ...instruments.map(({ part }) => part)], send, { submit: t('checkin.send'), check }),
    ],
  };
}

// Needs beside care (models/referral/told.go). Who sees the answers stands before the first.
const asksNeed = (id) => id.startsWith('need-');
const whoSeesNeeds = () => h('section.group', h('h2', t('checkin.needs')), h('p', t('checkin.needs.who')));
const wantsHelp = (body) => Object.entries(body.answers ?? {}).some(([id, said]) => asksNeed(id) && ['help', 'danger'].includes(said));

async function nextSequence(account) {
  const next = ((await get('sequence')) ?? 0) + 1;
  await putOwn('sequence', next, account);
  return next;
}

// helpAbove shows help at once where these answers ask for it, and tells which. If
// that can't be told, they ask for it.
function helpAbove(body) {
  const needs = safely(() => needsOf(body)) ?? ['crisis'];
  if (needs.length === 0) return needs;
  showFloor(true); // plain words of the page itself: nothing below can take them away
  safely(() => putFirst(helpFirst(null, needs)));
  return needs;
}

// showOutcome takes the place of the form: help first where it is needed, then how
// the check-in stands. It gives what follows the outbox from then on, because keeping
// and sending may take a while, and what offers pages to read when that is done. Who
// needs help is offered nothing beside it.
function showOutcome(body, needs) {
  const first = h('div.first');
  const stands = h('div', { role: 'status' });
  const reading = h('div');
  showsItself(body.id);
  if (needs.length > 0) fill(first, helpFirst(null, needs));
  const heading = needs.length > 0 ? t('help.title') : t('checkin.thanks');
  place({ title: heading, needsHelp: needs.length > 0, body: [first, h('div.card', stands), wantsHelp(body) && h('div.card', h('p', t('checkin.needs.told')), h('a.button.quiet', { href: '#/referrals' }, t('referral.title'))), reading, h('a.button.quiet', { href: '#/today' }, t('checkin.back'))] });
  let who = '';
  const draw = async () => {
    const entry = (await standing()).find((e) => e.id === body.id);
    if (entry?.help) {
      await markShown(entry.id, entry.account);
      fill(first, helpFirst(entry.help, entry.help.needs ?? needs));
      showFloor(true);
    }
    fill(stands, standWords(entry ?? { state: 'waiting' }), h('p.note', who));
  };
  const offer = () => needs.length === 0 && import('../learnhelps.js').then((m) => m.afterCheckIn(reading)).catch(() => {});
  const follow = async (kept) => {
    const stop = hear('outbox', () => (stands.isConnected ? draw() : stop()));
    readers().then((m) => { who = monitoringWords(m); return draw(); }).catch(() => {});
    await kept.then(draw, () => fill(stands, h('p.warn', t('checkin.not-kept'))));
  };
  return { follow, read: offer };
}
