// My day: what waits for this person, the most urgent first. While it is looked at it asks
// again and again (GET /v1/worklist with its tag): the clinic holds the answer that nothing
// is new for some seconds, and gives it at once when this person is called, so that an
// alert is here within a second and without a reload.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { handles, reach, whyLines } from '../daylinks.js';
import { dateTime, number } from '../format.js';
import { say } from '../frame.js';
import { taskNote, taskWords } from './tasks.js';
import { instrumentName, scoreWords } from '../scorewords.js';
import { grouped, groupPart } from '../unreadgroup.js';
import { visitsToday } from '../visitstoday.js';

const WAIT = 5; // seconds for which the clinic holds its answer
const LEAST = 400; // milliseconds between two asks
const PAUSE = 5000; // milliseconds, after a fault

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

export default async function myDayScreen({ me }) {
  const list = h('div');
  const first = h('div'); // who waits in a visit's room now: before all that can wait
  const visits = h('div');
  let tag = '';
  let seen = null;
  const within = (part) => part.contains(document.activeElement); // what they are about to tap stays where it is
  const put = (part, fresh) => within(part) || part.firstElementChild?.isEqualNode(fresh) || fill(part, fresh);
  const busy = () => within(list);
  const load = async (wait = 0) => {
    if (me.role === 'clinician') visitsToday(me).then((parts) => { put(first, parts.first); put(visits, parts.all); }).catch(() => {});
    const answer = await call('GET', `/v1/worklist?limit=100${wait ? `&wait=${wait}` : ''}`, { known: tag || undefined });
    if (answer.status === 304 || wait && busy()) return false;
    tag = answer.etag;
    const { items, next, alerts, more } = answer.data;
    const ids = new Set(items.filter((w) => w.kind === 'alert').map((w) => w.id));
    if (seen && [...ids].some((id) => !seen.has(id))) say(t('myday.new'));
    seen = ids;
    fill(list, !alerts && h('p.warn', t('myday.off')),
      items.length > 0 ? h('ul.cards', grouped(items).map((w) => (w.group?.length > 1 ? groupCard : card)(w, load))) : h('p.card', t('myday.none')),
      (next || more) && h('p.note', t('myday.more')));
    return true;
  };
  await load();
  const follow = async () => {
    for (let n = 0; !list.isConnected && n < 50; n += 1) await pause(LEAST); // until the screen stands
    for (let quick = 0; list.isConnected;) {
      if (document.visibilityState !== 'visible' || busy()) await pause(LEAST);
      else {
        const began = performance.now();
        const fresh = await load(WAIT).catch(() => null);
        quick = fresh === false && performance.now() - began < LEAST ? quick + 1 : 0; // a clinic that does not hold its answer is not asked all the time
        await pause(fresh === null || quick > 2 ? PAUSE : LEAST);
      }
    }
  };
  follow();
  const links = h('div.actions', h('a.button.quiet.small', { href: '#/tasks' }, t('more.tasks')), h('a.button.quiet.small', { href: '#/duty' }, t('menu.duty')),
    h('a.button.quiet.small', { href: '#/alert-rules' }, t('rules.title')));
  return { title: t('menu.myday'), lead: t('myday.lead'), wide: me.role === 'clinician', body: [first, h('div.day-desk', list, h('div', links, visits))] };
}

const card = (w, load) => h('li.card', h('h2', w.patientName || t(w.kind === 'task' && !w.patientId ? 'myday.task' : 'myday.somebody')),
  h('p', h('b', t(w.kind === 'alert' ? `alert.tier.${w.tier}` : `myday.${w.kind}`)), ' · ', dateTime(w.at)),
  parts[w.kind]?.(w, load), (w.kind === 'alert' ? w.alert.whole && !w.alert.drill : w.kind === 'check-in' ? w.checkIn : w.kind === 'worry' && w.message) && reach(w.patientId));

const groupCard = (w, load) => h('li.card', h('h2', w.patientName || t('myday.somebody')),
  h('p', h('b', t('myday.check-ins', { n: w.group.length }))), groupPart(w, load, lines));

const parts = { alert: alertPart, 'check-in': checkInPart, message: messagePart, worry: worryPart, task: taskPart };

function taskPart({ id, task }) {
  return h('div', h('p', taskWords(task)), h('p.note', taskNote(task)),
    task.forMe && h('p.warn', t('myday.task.for-me')), task.mayClaim && !task.mine && h('p.note', t('myday.task.pool')),
    h('div.actions', h('a.button.quiet', { href: `#/tasks/${id}` }, t('myday.task.open'))));
}

function alertPart(w, load) {
  return h('div', w.alert.drill && h('p.warn', t('alert.drill')), h('p', t(`alert.status.${w.alert.status}`)),
    !w.alert.whole && h('p.note', t('alert.not-whole')),
    whyLines(w.alert),
    w.checkIn && facts(w.checkIn),
    (w.tasks ?? []).map((task) => h('p.note', t('myday.task'), ': ', taskWords(task))),
    h('div.actions', h('a.button.main', { href: `#/alerts/${w.id}` }, t('alert.open')), handles(w, load)));
}

function messagePart(w) {
  const m = w.message;
  if (!m) return h('p.note', t('alert.not-whole'));
  return h('div', m.kind === 'team' && h('p.card.team-only', t('thread.kind.team')), m.urgency === 'urgent' && h('p.warn', t('urgency.urgent')),
    h('p', t('myday.from', { name: m.from, n: m.count })), m.answerBy && h('p.note', t('thread.by', { time: dateTime(m.answerBy) })),
    h('div.actions', h('a.button.quiet.small', { href: `#/threads/${w.id}` }, t('myday.open'))));
}

function worryPart(w, load) {
  if (!w.message) return h('p.note', t('alert.not-whole'));
  const done = async () => {
    await call('POST', `/v1/worries/${w.id}/read`);
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    await load();
  };
  return h('div', w.tier !== 'routine' && h('p.warn', t(`alert.tier.${w.tier}`)), h('p', t('worry.from', { name: w.message.from })), h('p.quote', { dir: 'auto' }, w.message.text),
    h('p.note', t('worry.third')), h('div.actions', action(t('myday.mark'), done, { kind: 'quiet.small' })));
}

function checkInPart(w, load) {
  const c = w.checkIn;
  if (!c) return h('p.note', t('alert.not-whole'));
  const done = async () => {
    await call('POST', `/v1/patients/${w.patientId}/check-ins/read`, { body: { checkIns: [w.id] } });
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    await load();
  };
  return h('div', c.needsPerson && h('p.warn', t('checkins.person')),
    w.tier !== 'routine' && h('p.warn', t(`alert.tier.${w.tier}`)),
    facts(c),
    h('div.actions', h('a.button.quiet.small', { href: `#/p/${w.patientId}/check-ins` }, t('myday.read')),
      action(t('myday.mark'), done, { kind: 'quiet.small' })));
}

// lines are the scores with their bands, the rules that apply, and what is far from this
// person's own last two weeks.
const lines = ({ scores = [], signals = [], trends = [] }) => [
  ...scores.map((s) => `${instrumentName(s.instrument)}: ${scoreWords(s.result ?? {})}${s.declined ? ` · ${t('checkins.declined', { items: s.declined.join(', ') })}` : ''}`),
  ...signals.map((s) => `${s.rule} · ${t(`alert.tier.${s.tier}`)}`),
  ...trends.map((x) => t('myday.trend', { what: t(`measure.${x.question}`), value: number(x.value), usual: number(x.median) }))];

export const facts = (checkIn) => {
  const all = lines(checkIn);
  return all.length > 0 && h('ul.dots', all.map((words) => h('li', words)));
};
