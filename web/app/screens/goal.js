// One goal: why it matters, where it stands, its steps, its notes.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { all, call } from '../api.js';
import { dateTime, day } from '../format.js';
import { targetWords } from '../goalfields.js';
import { sayNext } from '../frame.js';
import { form, required, selectField, textField } from '../forms.js';
import { uuid7 } from '../uuid.js';
import { stepsPart } from '../goalsteps.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { titleOf } from './goals.js';

export default async function goalScreen(ctx) {
  const path = ctx.api(`goals/${ctx.params.goal}`);
  const { data: goal, etag } = await call('GET', path);
  const mayWrite = !['supporter', 'guardian'].includes(ctx.me.role);
  const change = async (method, part, body, said) => {
    await call(method, path + part, { body, etag });
    sayNext(said);
    await ctx.again();
  };
  return {
    title: titleOf(goal),
    back: [t('menu.goals'), ctx.at('goals')],
    body: [
      h('p', h('span.tag', t(`goal.status.${goal.lifecycleStatus}`)), ' ', h('span.note', t(`goal.domain.${goal.domain}`))),
      goal.why && h('div.card', h('h2', t('goal.why')), h('p.quote', goal.why)),
      moves(goal, change),
      goal.target && h('section.card', h('h2', t('target.title')), h('p', { dir: 'auto' }, targetWords(goal.target, day))),
      farPart(goal, mayWrite, change),
      stepsPart(goal, mayWrite && !goal.moves.every((m) => m === 'entered-in-error' || m === 'active'), change),
      [['strengths', goal.strengths], ['barriers', goal.barriers]].map(([name, list]) => list?.length > 0 &&
        h('section.card', h('h2', t(`goal.${name}`)), h('ul.dots', list.map((words) => h('li', words))))),
      mayWrite && byOthers(goal, ctx) && commentPart(ctx, await commentsOn(ctx, 'goal'), 'goal', goal.id, titleOf(goal)),
      mayWrite && (await notesPart(path, ctx)),
      ctx.own && sharePart(goal, change),
      mayWrite && h('div.actions', h('a.button.quiet', { href: ctx.at(`goals/${goal.id}/edit`) }, t('goal.change')), h('a.button.quiet', { href: ctx.at(`goals/${goal.id}/history`) }, t('goal.history'))),
    ],
  };
}

// byOthers tells whether somebody else wrote something of it, to which the patient has words
// of their own.
const byOthers = (goal, { me, own }) => !own || [goal.proposedBy, ...Object.values(goal.writtenBy ?? {})].some((by) => by.accountId !== me.accountId);

// A yes or a no to a goal that somebody proposed stands out; the other moves are quiet.
function moves(goal, change) {
  // A no to a proposal is enough of a no; the two rarer moves are left to the API.
  const hidden = ['entered-in-error', 'planned', goal.moves.includes('rejected') && 'cancelled'];
  const listed = goal.moves.filter((to) => !hidden.includes(to));
  const strong = { accepted: 'main', active: 'main' };
  const asked = goal.lifecycleStatus === 'proposed' &&
    h('p', listed.includes('accepted') ? t('goal.asked', { name: goal.proposedBy.name }) : t('goal.waits'));
  return (asked || listed.length > 0) && h('div.card', asked, h('div.actions',
    listed.map((to) => action(t(`goal.move.${to}`),
      () => change('POST', '/transitions', { to }, t('goal.moved')), { kind: strong[to] ?? 'quiet' }))));
}

const far = ['in-progress', 'improving', 'no-change', 'worsening', 'achieved', 'sustaining', 'no-progress', 'not-achieved', 'not-attainable'];

// farPart says how far a goal has come, in words of progress and not of blame.
function farPart(goal, mayWrite, change) {
  const now = goal.achievementStatus;
  if (!mayWrite) return now && h('p.card', t(`goal.far.${now}`));
  const field = selectField('achievementStatus', t('goal.far'), [['', t('goal.far.unsaid')], ...far.map((code) => [code, t(`goal.far.${code}`)])], { value: now ?? '' });
  return h('section.card', form([field], () => change('PUT', '/achievement', { achievementStatus: field.read() }, t('goal.changed')), { submit: t('form.save') }));
}

async function notesPart(path, ctx) {
  const [notes, comments] = await Promise.all([all(`${path}/notes`, 60), commentsOn(ctx, 'goal-note')]);
  const text = textField('text', t('goal.note'), { area: true, maxlength: '2000' });
  const id = uuid7();
  const send = async () => {
    await call('POST', `${path}/notes`, { body: { id, text: text.read() } });
    sayNext(t('goal.note.done'));
    await ctx.again();
  };
  return h('section.card', h('h2', t('goal.notes')), form([text], send, { submit: t('goal.note.add'), check: () => required(text) }),
    h('ul.plain', notes.map((note) => h('li', note.struck ? h('p.note', t('goal.note.struck', { time: dateTime(note.struck.at) }), note.struck.why && ` ${note.struck.why}`) : h('p', { dir: 'auto' }, note.text),
      h('p.note', `${note.by.name} · ${dateTime(note.at)}`),
      (note.by.accountId !== ctx.me.accountId || !ctx.own) && commentPart(ctx, comments, 'goal-note', note.id, note.by.name),
      note.by.accountId === ctx.me.accountId && !note.struck && strikePart(path, note, ctx)))));
}

// strikePart takes back a note that was never meant to be here: in the wrong chart, say.
function strikePart(path, note, ctx) {
  const reason = textField('reason', t('goal.note.strike.why'), { area: true, maxlength: '500', dir: 'auto', hint: t(ctx.own ? 'goal.note.strike.own' : 'goal.note.strike.hint') });
  return h('details', h('summary', t('goal.note.strike')), form([reason], async () => {
    await call('POST', `${path}/notes/${note.id}/strike`, { body: { reason: reason.read() } });
    sayNext(t('goal.note.strike.done'));
    await ctx.again();
  }, { submit: t('goal.note.strike.send'), check: () => required(reason) }));
}

function sharePart(goal, change) {
  const { title, why, domain, barriers, strengths, target } = goal;
  const flip = () => change('PUT', '', { title, why, domain, barriers, strengths, target, shared: !goal.shared },
    t(goal.shared ? 'goal.unshared' : 'goal.now-shared'));
  return h('section.card', h('h2', t('goal.sharing')),
    h('p', t(goal.shared ? 'goal.is-shared' : 'goal.not-shared')),
    action(t(goal.shared ? 'goal.unshare' : 'goal.share'), flip, { kind: 'quiet' }));
}
