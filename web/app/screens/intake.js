// The intake: each part is asked by one person, nobody asks what was said before, and
// the patient reads what was written down and says something to it.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, checkField, form, required, textField } from '../forms.js';
import { date } from '../format.js';
import { sayNext } from '../frame.js';
import { helpBelow } from '../messaging.js';
import { uuid7 } from '../uuid.js';
import { programmesPart } from '../suitsview.js';

export const question = (key) => t(`intake.q.${key}`);
const choiceWords = (c) => t(`intake.choice.${c}`);

export default async function intakeScreen(ctx) {
  const { items: [newest] } = await read(ctx.api('episodes?limit=1'));
  const e = newest && await read(ctx.api(`episodes/${newest.id}`));
  const open = e && ['planned', 'active', 'onhold'].includes(e.status);
  const path = e && ctx.api(`episodes/${e.id}`);
  return {
    title: t(ctx.own ? 'intake.own' : 'intake.title'), lead: t(ctx.own ? 'intake.own.lead' : 'intake.lead'), back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [
      ctx.own && h('div.actions', h('a.button.quiet', { href: '#/help' }, t('frame.help'))),
      !e && h('p.card', t('intake.none')),
      !open && !ctx.own && beginPart(ctx),
      e && h('section.card', h('p', h('b', t(`intake.status.${e.status}`))), e.mayWork && open && statusPart(e, path, ctx),
        e.discharge || (open && e.status !== 'planned' && e.mayWork) ? h('a.button.quiet', { href: ctx.at('way-out') }, t('wayout.title')) : null),
      e && e.sections.map((s) => sectionPart(e, s, path, ctx, open)),
      e && await programmesPart(e, ctx, open),
    ],
  };
}

function beginPart(ctx) {
  const id = uuid7();
  return h('div.actions', action(t('intake.begin'), async () => {
    await call('POST', ctx.api('episodes'), { body: { id } });
    sayNext(t('intake.begun'));
    await ctx.again();
  }));
}

function statusPart(e, path, ctx) {
  const to = (status) => action(t(`intake.to.${status}`), async () => {
    await call('POST', `${path}/status`, { body: { status } });
    await ctx.again();
  }, { kind: status === 'active' ? 'main' : 'quiet' });
  if (e.status === 'onhold') return to('active');
  const status = e.status === 'planned' ? 'cancelled' : 'onhold';
  const why = textField('why', t('intake.why'), { area: true, maxlength: '2000' });
  return [e.status === 'planned' && to('active'), h('details', h('summary', t(`intake.to.${status}`)), form([why], async () => {
    await call('POST', `${path}/status`, { body: { status, why: why.read() } });
    await ctx.again();
  }, { submit: t(`intake.to.${status}`), check: () => required(why) }))];
}

// answerWords is what was said, and by whom it was written down.
function answerWords(a) {
  if (a.declined) return t('intake.declined');
  return [a.choice && choiceWords(a.choice), a.words].filter(Boolean).join(' · ');
}

const answered = (e, keys) => h('dl', keys.filter((k) => e.answers[k]).map((k) => [h('dt', question(k)),
  h('dd', { dir: 'auto' }, answerWords(e.answers[k]), h('span.note', ` (${e.answers[k].by.name})`))]));

function sectionPart(e, s, path, ctx, open) {
  const done = e.done[s.key];
  const title = t(`intake.section.${s.key}`);
  const here = `${path}/sections/${s.key}`;
  return h('section.card', h('h2', title),
    done ? h('p', t('intake.done.by', { name: done.by.name, date: date(done.at) })) : s.owner && h('p.note', t(s.accepted ? 'intake.owner' : 'intake.waits', { name: s.owner.name, date: date(s.dueAt) })),
    s.reads.some((k) => e.answers[k]) && !ctx.own && h('details', h('summary', t('intake.known')), answered(e, s.reads)),
    answered(e, s.questions.map((q) => q.key)),
    s.said.length > 0 && h('dl', s.said.map((a) => [h('dt', question(a.question)), h('dd', { dir: 'auto' }, answerWords(a), h('span.note', ` (${t('intake.elsewhere')})`))])),
    s.key === 'medicines' && h('a.button.quiet', { href: ctx.at(ctx.own ? 'medicines' : 'medicines/review') }, t('chart.medicines')),
    s.key === 'safe' && h('a.button.quiet', { href: ctx.at('plan') }, t('chart.plan')),
    s.key === 'needs' && h('a.button.quiet', { href: ctx.at('referrals') }, t('chart.referrals')),
    open && s.mayAsk && s.open.length > 0 && answerForm(s, here, ctx, title),
    e.comments.filter((c) => c.section === s.key).map((c) => h('p.quote', { dir: 'auto' }, c.words, h('span.note', ` ${date(c.at)}`))),
    open && !done && e.mayWork && s.mayAsk && ownerPart(e, s, here, ctx, title),
    ctx.own && s.questions.some((q) => e.answers[q.key]) && commentForm(here, ctx, title));
}

function answerForm(s, here, ctx, title) {
  const rows = s.questions.filter((q) => s.open.includes(q.key)).map((q) => {
    const choice = q.choices.length > 0 && choiceField('choice', question(q.key), q.choices.map((c) => [c, choiceWords(c)]), { row: true });
    const words = textField('words', choice ? t('intake.more') : question(q.key), { area: true, maxlength: '2000', dir: 'auto' });
    const declined = checkField('declined', t('intake.decline'));
    const label = (field) => field.input.setAttribute('aria-label', `${question(q.key)}: ${field.label}`);
    label(declined);
    if (choice) label(words);
    return { q, choice, words, declined };
  });
  const send = async () => {
    const answers = rows.map(({ q, choice, words, declined }) => (declined.read() ? { question: q.key, declined: true }
      : { question: q.key, choice: (choice && choice.read()) || undefined, words: words.read() || undefined })).filter((a) => a.declined || a.choice || a.words);
    await call('POST', `${here}/answers`, { body: { answers } });
    sayNext(t('place.saved'));
    await ctx.again();
  };
  const any = () => (rows.some((r) => r.declined.read() || r.words.read() || (r.choice && r.choice.read())) ? [] : required(rows[0].choice || rows[0].words));
  return h('details', h('summary', `${t(ctx.own ? 'intake.answer.own' : 'intake.answer')}: ${title}`), form(rows.flatMap((r) => [r.choice, r.words, { el: helpBelow(ctx.me, r.words) }, r.declined].filter(Boolean)), send, { check: any }));
}

function ownerPart(e, s, here, ctx, title) {
  const mine = s.owner?.accountId === ctx.me.accountId && s.accepted;
  if (!mine) {
    return h('div.actions', action(t('intake.take'), async () => {
      await call('POST', `/v1/tasks/${s.taskId}/${s.owner?.accountId === ctx.me.accountId ? 'accept' : 'claim'}`);
      await ctx.again();
    }, { kind: 'quiet', 'aria-label': `${t('intake.take')}: ${title}` }));
  }
  return h('div.actions', action(t('intake.finish'), async () => {
    await call('POST', `${here}/done`);
    sayNext(t('intake.finished'));
    await ctx.again();
  }, { 'aria-label': `${t('intake.finish')}: ${title}` }));
}

function commentForm(here, ctx, title) {
  const words = textField('words', t('intake.comment.words'), { area: true, maxlength: '2000', dir: 'auto' });
  const id = uuid7();
  return h('details', h('summary', `${t('intake.comment')}: ${title}`), form([words, { el: helpBelow(ctx.me, words) }], async () => {
    await call('POST', `${here}/comments`, { body: { id, words: words.read() } });
    sayNext(t('intake.commented'));
    await ctx.again();
  }, { check: () => required(words) }));
}
