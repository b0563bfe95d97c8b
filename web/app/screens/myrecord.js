// A patient's own record to take along: one page to read and print, and a file for the next
// clinic's computer. Everything comes by the same doors as on the other screens; what is
// kept about somebody else is not theirs and not in it.

import { h, button } from '../dom.js';
import { action } from '../action.js';
import { t, language } from '../texts.js';
import { all, read } from '../api.js';
import { date, dateTime, localDay, number } from '../format.js';
import { keptPlan } from '../keptplan.js';
import { planBody } from '../bundleview.js';
import { reactionLine, titleOf } from '../medicineview.js';
import { kindsAndSites } from '../keptvisits.js';
import { kindName } from '../visitview.js';
import { saveFile } from '../savefile.js';
import { say } from '../frame.js';

const MOST = 2000; // entries of one list; what is beyond is said
const PRINTED = 60; // check-ins on paper: the file has all
const kinds = ['goal-note', 'care-plan-item', 'meeting-decision', 'discharge'];

export default async function myRecordScreen(ctx) {
  const record = await gather(ctx);
  const full = Object.entries(record).filter(([, list]) => Array.isArray(list) && list.length >= MOST);
  const [kept, names, questions] = await Promise.all([keptPlan(), kindsAndSites(), all('/v1/questions')]);
  const asked = new Map(questions.map((q) => [q.id, q]));
  const file = async () => {
    saveFile(`my-record-${localDay()}.json`, 'application/json', JSON.stringify({ madeAt: new Date().toISOString(), patientId: ctx.patientId, ...record, threads: await withMessages(record.threads) }, null, 1));
    say(t('myrecord.saved'));
  };
  const section = (key, list, line) => h('section', h('h2', t(key)), list.length === 0 ? h('p.note', t('myrecord.nothing')) : h('ul.dots', list.map((one) => h('li', { dir: 'auto' }, line(one)))));
  return {
    title: t('more.my-record'),
    lead: t('myrecord.lead', { time: dateTime(new Date().toISOString()) }),
    back: [t('menu.more'), '#/more'],
    body: [
      h('div.card', h('p', t('myrecord.ends')), h('p', t('myrecord.stays')), h('p.note', t('myrecord.careful')),
        h('div.actions', button(t('learn.print'), () => print(), { kind: 'main' }), action(t('myrecord.file'), file, { kind: 'quiet' }), h('a.button.quiet', { href: '#/way-out' }, t('more.way-out')))),
      full.length > 0 && h('p.warn', t('myrecord.more', { n: number(MOST) })),
      h('section', h('h2', t('today.plan')), kept ? planBody(kept.plan) : h('p.note', t('myrecord.nothing'))),
      h('section.care-plan', h('h2', t('more.care-plan')), record.carePlan.sections.map((s) => [h('h3', s.heading), h('ul.dots', s.lines.map((l) => h('li', { dir: 'auto' }, l.name, ' ', (l.sentences ?? []).join(' '))))])),
      section('menu.goals', record.goals, (g) => [h('b', g.title), ` · ${t(`goal.status.${g.lifecycleStatus}`)}`, g.notes.filter((n) => n.text).map((n) => h('p', n.text, h('span.note', ` ${n.by.name} · ${dateTime(n.at)}`)))]),
      record.comments.length > 0 && section('myrecord.comments', record.comments, (c) => [c.text, h('span.note', ` ${dateTime(c.at)}`)]),
      section('medicines.mine', record.medicines.items.filter((m) => m.status === 'active'), (m) => [h('b', titleOf(m)), m.directions && ` · ${m.directions}`]),
      record.medicines.adverse.length > 0 && section('medicines.reactions', record.medicines.adverse, reactionLine),
      section('visits.title', record.appointments, (v) => `${dateTime(v.start)} · ${kindName(v, names)} · ${t(`visit.status.${v.status}`)}`),
      section('more.check-ins', record.checkIns.slice(0, PRINTED), (c) => [h('b', date(c.answeredAt)), ' ', Object.entries(c.answers).map(([id, v]) => `${asked.get(id)?.ask ?? id}: ${words(asked.get(id), v)}`).join(' · ')]),
      record.checkIns.length > PRINTED && h('p.note', t('myrecord.checkins', { n: PRINTED, of: number(record.checkIns.length) })),
    ],
  };
}

// gather reads all of it. What is asked for a part that does not answer is an error: half a
// record that looks whole is worse than none.
async function gather(ctx) {
  const list = (path) => all(ctx.api(path), MOST);
  const [profile, carePlan, goals, comments, medicines, sideEffects, checkIns, appointments, consents, episodes, referrals, threads] = await Promise.all([
    read(`/v1/patients/${ctx.patientId}`), read(ctx.api(`care-plan/summary?language=${language()}`)), list('goals?limit=100'),
    Promise.all(kinds.map((kind) => list(`comments?kind=${kind}&limit=100`))), read(ctx.api('medicines')), list('side-effects?limit=100'),
    list('check-ins?limit=100'), list('appointments?limit=100&order=latest'), list('consents?limit=100'), list('episodes?limit=100'), list('referrals?limit=100'), all(`/v1/threads?patientId=${ctx.patientId}&limit=100`, MOST)]);
  const notes = [];
  for (const goal of goals) notes.push(await list(`goals/${goal.id}/notes?limit=100`)); // one after the other: a bad phone
  return { profile, carePlan, goals: goals.map((g, i) => ({ ...g, notes: notes[i] })), comments: comments.flat(), medicines, sideEffects, checkIns, appointments, consents, episodes, referrals, threads };
}

async function withMessages(threads) {
  const out = [];
  for (const thread of threads) out.push({ ...thread, messages: await all(`/v1/threads/${thread.id}/messages?limit=100`, MOST) });
  return out;
}

function words(question, value) {
  if (typeof value === 'boolean') return t(value ? 'question.yes' : 'question.no');
  return typeof value === 'number' ? number(value) : question?.choiceTexts?.[value] ?? value;
}
