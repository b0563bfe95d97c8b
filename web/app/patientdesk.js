// A patient as their clinician works with them: one request, in columns where there is
// room. What waits stands first, then how it goes, then the plan and who is in it.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { read } from './api.js';
import { dateTime, day } from './format.js';
import { kindsAndSites } from './keptvisits.js';
import { kindName } from './visitview.js';
import { multiples } from './multiples.js';
import { aboutPart, nameOfItem } from './careplanview.js';
import { taskNote, taskWords } from './screens/tasks.js';

const THREADS = 5; // conversations that are listed

// deskOf reads what the desk shows; null: the care plan is not open to this person.
export async function deskOf(ctx) {
  try {
    const [page, names, changes, threads] = await Promise.all([read(ctx.api('page')), kindsAndSites(), read(ctx.api('changes')).catch(() => null),
      read(`/v1/threads?patientId=${ctx.patientId}&limit=${THREADS}`).then((list) => list.items, () => [])]);
    return { page, names, changes, threads };
  } catch (problem) {
    if (problem.status === 403 || problem.status === 404) return null;
    throw problem;
  }
}

// desk gives the columns; beside are the parts that the chart has of its own.
export function desk({ page, names, changes, threads }, ctx, beside) {
  const marks = (page.marks ?? []).map((m) => ({ ...m, words: t(`mark.${m.kind}`, { name: m.kind.endsWith('visit') ? kindName({ visitType: m.name }, names) : `\u2068${m.name}\u2069` }) }));
  return h('div.desk',
    h('div', waiting(page), changed(changes, ctx), messages(threads, ctx), beside),
    h('div', page.trends ? multiples(page.trends, marks) : h('p.card', t('desk.withheld.trends')), h('p', h('a.link', { href: ctx.at('check-ins') }, t('chart.check-ins')))),
    h('div', aboutPart(page.plan.about), plan(page.plan, ctx), team(page.team, ctx)));
}

const rows = (list, make) => h('ul.rows', list.map((one) => h('li', make(one))));
const row = (href, words, note) => h('a.row', { href }, h('span', words, note && h('span.note', note)), icon('on'));

const waiting = ({ alerts = [], tasks = [], plan }) => h('section', h('h2', t('desk.waits')),
  alerts.length + tasks.length === 0 && h('p.card', t('desk.waits.none')),
  alerts.length > 0 && rows(alerts, (a) => row(`#/alerts/${a.id}`, h('b', t(`alert.tier.${a.tier}`)), t(`alert.status.${a.status}`))),
  tasks.length > 0 && rows(tasks, (task) => row(`#/tasks/${task.id}`,
    task.code === 'care-plan-lead' ? t('careplan.leads', { name: nameOfItem(plan, task.focus?.id) }) : taskWords(task), taskNote({ ...task, patientName: '' }))));

const places = { 'check-ins': 'check-ins', goals: 'goals', 'care-plan': 'care-plan', 'crisis-plan': 'plan', medicines: 'medicines', 'substance-use-medicines': 'medicines', appointments: 'visits', referrals: 'referrals', 'care-team': 'team' };

// changed is what others changed since this person had the page open, a row for each part.
const changed = (changes, ctx) => changes && h('section', h('h2', t(changes.since ? 'desk.changed' : 'desk.changed.lately', { time: changes.since && dateTime(changes.since) })),
  changes.parts.length === 0 ? h('p.card', t('desk.changed.none')) : rows(changes.parts, (p) => row(ctx.at(places[p.section]), t(`desk.part.${p.section}`),
    t('desk.changed.by', { n: p.count, name: `\u2068${p.lastBy}\u2069`, time: dateTime(p.lastAt) }))),
  changes.more && h('p.note', t('desk.changed.more')));

const messages = (threads, ctx) => h('section', h('h2', t('chart.messages')),
  threads.length > 0 && rows(threads, (one) => row(`#/threads/${one.id}`, one.subject || t('messages.no-subject'), one.unread > 0 && t('messages.unread', { n: one.unread }))),
  h('a.button.quiet', { href: ctx.at('messages/new') }, t('messages.new')));

function plan({ items }, ctx) {
  const open = items.filter((i) => i.lead);
  return h('section', h('h2', t('chart.care-plan')), open.length === 0 ? h('p.card', t('desk.plan.none')) : rows(open, (i) => row(ctx.at(`care-plan/${i.id}`), nameOfItem({ items }, i.id),
    [t(i.accepted ? 'careplan.led-by' : 'careplan.with-until', { name: i.lead.name }), i.reviewOn && ` · ${t('careplan.review', { day: day(i.reviewOn) })}`])),
  h('a.button.quiet', { href: ctx.at('care-plan') }, t('desk.plan.open')));
}

const team = (people, ctx) => people && h('section', h('h2', t('chart.team')), h('ul.dots', people.map((m) => h('li', h('bdi', m.name), h('span.note', ` · ${[m.discipline && t(`discipline.${m.discipline}`), m.lead && t('desk.lead')].filter(Boolean).join(' · ')}`)))),
  h('p', h('a.link', { href: ctx.at('team') }, t('desk.team.open'))));
