// The care plan. A patient reads it in plain words, says yes or no to it and how useful
// each thing is, also from what the phone keeps; the team sees who leads what, what is
// missing, what changed and what is next.

import { h, button } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { date, dateTime, day } from '../format.js';
import { form, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { ownCarePlan } from '../keptcareplan.js';
import { trend } from '../trend.js';
import { uuid7 } from '../uuid.js';
import { coursePart } from '../courseview.js';
import { aboutPart, changesPart, nameOfItem } from '../careplanview.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { taskNote, taskWords } from './tasks.js';

export default async function carePlanScreen(ctx) {
  return ctx.own ? ownScreen(ctx) : teamScreen(ctx);
}

async function ownScreen(ctx) {
  const { plan, summary, course, changes, savedAt, old } = await ownCarePlan();
  const comments = old ? [] : await commentsOn(ctx, 'care-plan-item').catch(() => []); // the plan opens without them
  return {
    title: t('careplan.own'),
    lead: summary.opening.join(' '),
    back: [t('menu.more'), '#/more'],
    body: [old && h('p.card.warn', t('visits.saved', { time: dateTime(savedAt) })),
      h('div.care-plan', summary.sections.map((s) => h('section', h('h2', s.heading), h('ul.cards', s.lines.map((line) => lineCard(line, plan, ctx, old, comments)))))),
      coursePart(course, true, (id) => nameOfItem(plan, id)),
      changes.length > 0 && h('section', h('h2', t('careplan.changed')), h('ul.dots', changes.map((c) => h('li', c.words)))),
      !old && answerPart(plan, ctx),
      !old && h('details', h('summary', t('careplan.about.change')), aboutForm(plan, ctx)),
      h('div.actions', !old && h('a.button.quiet', { href: '#/care-plan/new' }, t('careplan.bring')), h('a.button.quiet', { href: '#/my-team' }, t('careplan.team')), !old && h('a.button.quiet', { href: '#/care-plan/versions' }, t('careplan.versions')),
        button(t('learn.print'), () => print(), { kind: 'quiet' }))],
  };
}

function lineCard(line, plan, ctx, old, comments) {
  const item = plan.items.find((i) => i.id === line.item);
  const rates = !old && item && ['activity', 'relapse-prevention-step'].includes(item.kind);
  return h('li.card', { dir: 'auto' }, line.item ? h('h3', line.name) : h('p', line.name),
    (line.sentences ?? []).map((s) => h('p', { dir: 'auto' }, s)),
    rates && h('div', h('p', t('careplan.helps')), h('div.actions', ['helpful', 'a-little', 'not-helpful'].map((answer) => action(t(`careplan.helps.${answer}`), async () => {
      await call('POST', ctx.api(`care-plan/items/${item.id}/usefulness`), { body: { id: uuid7(), answer } });
      sayNext(t('careplan.helps.said'));
      await ctx.again();
    }, { kind: 'quiet', 'aria-label': `${line.name}: ${t(`careplan.helps.${answer}`)}` })))),
    !old && item && commentPart(ctx, comments, 'care-plan-item', item.id, line.name));
}

// answerPart asks for a yes or a no to what the plan says now.
function answerPart(plan, ctx) {
  const mine = plan.answers.find((a) => a.by.accountId === ctx.me.accountId && a.version === plan.version);
  if (plan.items.length === 0 || !plan.may.includes('agree')) return null;
  const say = (yes, note) => async () => {
    await call('POST', ctx.api('care-plan/answer'), { body: { version: plan.version, yes, note: note?.read() ?? '' } });
    sayNext(t(yes ? 'careplan.said-yes' : 'careplan.said-no'));
    await ctx.again();
  };
  const note = textField('note', t('careplan.no.note'), { area: true, maxlength: '1000' });
  return h('section.card', h('h2', t(ctx.own ? 'careplan.answer' : 'careplan.answer.team')),
    mine && h('p', t(mine.yes ? 'careplan.you-said-yes' : 'careplan.you-said-no')),
    !mine?.yes && h('div.actions', action(t('careplan.yes'), say(true), { kind: 'main' })),
    h('details', h('summary', t('careplan.no')), form([note], say(false, note), { submit: t('careplan.no.send') })));
}

const parts = ['preferences', 'fears', 'barriers', 'strengths'];

// aboutForm changes what stands on top: one entry a line.
function aboutForm(plan, ctx) {
  const fields = parts.map((name) => textField(`about.${name}`, t(`careplan.about.${name}`), { area: true, hint: t('careplan.about.hint'), value: (plan.about[name] ?? []).join('\n') }));
  const send = async () => {
    const about = Object.fromEntries(parts.map((name, i) => [name, fields[i].read().split('\n').map((l) => l.trim()).filter(Boolean)]));
    await call('PATCH', ctx.api('care-plan'), { etag: `"${plan.version}"`, body: { about, reason: ctx.own ? '' : t('careplan.about.reason') } });
    sayNext(t('careplan.saved'));
    await ctx.again();
  };
  return form(fields, send);
}

async function teamScreen(ctx) {
  const [page, course, comments] = await Promise.all([read(ctx.api('page')), read(ctx.api('care-plan/course')), commentsOn(ctx, 'care-plan-item')]);
  const { plan } = page;
  const writes = plan.may.includes('edit');
  return {
    title: t('careplan.title'),
    lead: t('careplan.version', { n: plan.version, agreed: plan.agreed ?? 0 }),
    back: await chartBack(ctx),
    body: [aboutPart(plan.about), writes && h('details', h('summary', t('careplan.about.change')), aboutForm(plan, ctx)),
      nextPart(page),
      reportPart(plan, ctx),
      kindsPart(plan, ctx, comments),
      coursePart(course, false, (id) => nameOfItem(plan, id)),
      h('div.actions', writes && h('a.button.main', { href: ctx.at('care-plan/new') }, t('careplan.add')), h('a.button.quiet', { href: '#/care-plan-rules' }, t('careplan.rules')), h('a.button.quiet', { href: '#/guidelines' }, t('guidelines.title'))),
      answerPart(plan, ctx),
      changesPart(page.changes ?? [], plan),
      h('a.button.quiet', { href: ctx.at('care-plan/versions') }, t('careplan.versions')),
      page.trends && page.trends.map((s) => trend(t(`measure.${s.measure}`), s.points, s.min, s.max))],
  };
}

// nextPart is what somebody has to do next for this patient.
const nextPart = (page) => h('section', h('h2', t('careplan.next')),
  (page.alerts ?? []).map((a) => h('p', h('a', { href: `#/alerts/${a.id}` }, t('alert.open')))),
  (page.tasks ?? []).length === 0 ? h('p.note', t('careplan.next.none'))
    : h('ul.rows', page.tasks.map((task) => h('li', h('a.row', { href: `#/tasks/${task.id}` }, h('span', task.code === 'care-plan-lead' ? t('careplan.leads', { name: nameOfItem(page.plan, task.focus?.id) }) : taskWords(task), h('span.note', taskNote(task))))))));

function reportPart({ report, ...plan }, ctx) {
  if (!report || report.gaps.length + report.holes.length + report.overlaps.length + report.contradictions.length === 0) return null;
  return h('section.card', h('h2', t('careplan.report')),
    report.gaps.length > 0 && h('p', t('careplan.gaps', { areas: report.gaps.map((a) => t(`careplan.area.${a}`)).join(', ') })),
    h('ul.dots', report.holes.map((hole) => h('li', t(`careplan.hole.${hole.why}`, { name: nameOfItem(plan, hole.item) }))),
      report.contradictions.map((c) => h('li', t('careplan.contradiction', { activity: c.points ? c.points.join(' / ') : c.medicine ?? t(`careplan.activity.${c.activity}`), names: c.items.map((id) => nameOfItem(plan, id)).join(', ') }), ' ',
        h('a.link', { href: ctx.at(`disagreements/new/${c.items.join('-and-')}`) }, t('careplan.contradiction.settle')))),
      report.overlaps.map((o) => h('li', t('careplan.overlap', { names: o.items.map((id) => nameOfItem(plan, id)).join(', ') })))));
}

const kinds = ['goal', 'problem', 'activity', 'relapse-prevention-step', 'safety-checklist', 'guideline'];

function kindsPart(plan, ctx, comments) {
  return kinds.map((kind) => {
    const open = plan.items.filter((i) => i.kind === kind && i.lead);
    return open.length > 0 && h('section', h('h2', t(`careplan.kind.${kind}`)), h('ul.cards', open.map((i) => itemCard(i, plan, ctx, comments))));
  });
}

const itemCard = (i, plan, ctx, comments) => h('li.card', h('h3', h('a', { href: ctx.at(`care-plan/${i.id}`) }, nameOfItem(plan, i.id))),
  !i.agreed && h('span.tag', t('careplan.not-agreed')), i.safety && h('span.tag', t('careplan.safety')), i.status === 'on-hold' && h('span.tag', t('careplan.status.on-hold')),
  h('p', t(i.accepted ? 'careplan.led-by' : 'careplan.with-until', { name: i.lead.name })),
  i.asked && h('p.note', t('task.asked', { name: i.asked.name })),
  i.helps?.length > 0 && h('p.note', t('careplan.help-from', { names: i.helps.map((p) => p.name).join(', ') })),
  i.why && h('p.quote', { dir: 'auto' }, i.why),
  i.follows?.length > 0 && h('p.note', t('careplan.follows', { names: i.follows.map((id) => nameOfItem(plan, id)).join(', ') })),
  i.source && h('p.note', { dir: 'auto' }, `${i.source} · ${i.edition}`),
  i.doneWhen && h('p', { dir: 'auto' }, t('careplan.done-when', { text: i.doneWhen })),
  h('p.note', t('careplan.review', { day: day(i.reviewOn) }), i.useful?.last?.length > 0 && ` · ${t('careplan.useful', { answer: t(`careplan.helps.${i.useful.last.at(-1).answer}`), day: date(i.useful.last.at(-1).at) })}`),
  commentPart(ctx, comments, 'care-plan-item', i.id, nameOfItem(plan, i.id)),
  h('a', { href: `#/tasks/${i.taskId}` }, t('careplan.hand-over')));
