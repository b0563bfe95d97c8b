// Threads of messages: what stands before and after one is written. Help comes first;
// who reads and when is said as the clinic says it, also with no network, and nobody is
// promised.

import { get, put } from './db.js';
import { button, fill, h } from './dom.js';
import { t } from './texts.js';
import { read } from './api.js';
import { calls, helpFirst } from './callcard.js';
import { dateTime } from './format.js';
import { place, putFirst, showFloor } from './frame.js';
import { monitoringWords } from './monitoring.js';
import { linesNow } from './numbers.js';
import { keep, sendAll, standing } from './outbox.js';
import { needsHelp } from './phrases.js';
import { safely, within } from './safely.js';
import { staff } from './staff.js';

const PATIENCE = 1500; // milliseconds that who reads when may take

// reading is who reads and when: from the clinic, or as this phone last heard it.
async function reading() {
  const fresh = await within(PATIENCE, () => read('/v1/message-hours')).catch(() => null);
  if (fresh) await put('reading', fresh);
  return fresh ?? (await get('reading')) ?? null;
}

// readingWords is what is true at this moment of when somebody reads.
export function readingWords(r, now = Date.now()) {
  if (!r?.on) return monitoringWords(r?.monitoring);
  const open = r.stretches.find((s) => Date.parse(s.from) <= now && now < Date.parse(s.to));
  const next = r.stretches.find((s) => Date.parse(s.from) > now);
  const when = open ? t('messages.now', { time: dateTime(open.to) })
    : next ? t('messages.later', { time: dateTime(next.from) }) : t('messages.nobody');
  const agreed = r.answerWithinDays > 0 ? ` ${t('messages.norm', { n: r.answerWithinDays })}` : '';
  return `${when}${agreed} ${r.monitoring?.hours ? monitoringWords(r.monitoring) : t('messages.else')}`;
}

const closed = (r, now = Date.now()) => !r?.on || !r.stretches.some((s) => Date.parse(s.from) <= now && now < Date.parse(s.to));

// whoReads stands above what is written: the way to help, then when somebody reads. It has
// its words before the screen stands, so that what is below them does not move away from
// under a finger.
export async function whoReads(me) {
  const place = h('div.reading', { role: 'status' });
  const draw = (r) => fill(place, !staff(me.role) && closed(r) && [h('p', h('b', t('messages.help'))), calls(linesNow())], h('p.note', readingWords(r)));
  const kept = (await within(PATIENCE, () => get('reading')).catch(() => null)) ?? null;
  draw(kept);
  const fresh = reading().then(draw).catch(() => {});
  if (!kept) await fresh;
  return place;
}

// helpBelow shows help while somebody writes, as soon as their words ask for it, and leaves
// the cursor where it is.
export function helpBelow(me, field) {
  const place = h('div', { role: 'status' });
  let shown = false;
  field.input.addEventListener('input', () => {
    if (shown || staff(me.role) || !safely(() => needsHelp(field.read()), true)) return;
    shown = true;
    showFloor(true);
    safely(() => fill(place, helpFirst(null, ['crisis'], { plan: me.role === 'patient' })));
  });
  return place;
}

// send keeps a message on this phone and then sends it. Words that ask for help are met
// with it first.
export async function send(me, body, path, text) {
  const asks = !staff(me.role) && (safely(() => needsHelp(text)) ?? true);
  if (asks) {
    showFloor(true);
    safely(() => putFirst(helpFirst(null, ['crisis'], { plan: me.role === 'patient' })));
  }
  await keep(me.patientId, body, path, { asksHelp: asks, account: me.accountId });
  await sendAll();
  return asks;
}

// helpStays takes the place of what was written in: help first, then how the message stands.
export function helpStays(me, href, again) {
  const back = again ? button(t('messages.to-thread'), again, { kind: 'quiet' }) : h('a.button.quiet', { href }, t('messages.to-thread'));
  place({ title: t('help.title'), needsHelp: true, body: [helpFirst(null, ['crisis'], { plan: me.role === 'patient' }), h('div.card', h('p', t('messages.kept'))), back] });
}

// waitingIn lists what of a thread is only on this phone.
export const waitingIn = async (thread) => (await standing()).filter((e) => e.state !== 'sent' && e.path && (e.body.id === thread || e.path.includes(thread)))
  .sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1));

export const kindWords = (thread) => t(`thread.kind.${thread.kind}`, { name: thread.supporterName ?? '' });
