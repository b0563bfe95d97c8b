// The way out. The team writes down who cares for somebody next and who sees them after a
// week and a month; the patient has it in plain words, to print, and chooses what they
// are reminded of from then on.

import { button, h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { chartBack } from '../chartback.js';
import { choiceField, form, required, selectField, textField } from '../forms.js';
import { date, dateTime, day } from '../format.js';
import { sayNext } from '../frame.js';
import { whoTakes } from '../colleagues.js';
import { commentPart, commentsOn } from '../owncomments.js';
import { settings } from '../handoffview.js';

const reasons = ['goals-met', 'moves', 'own-wish', 'other-care', 'other'];

export default async function wayOutScreen(ctx) {
  const { items: [newest] } = await read(ctx.api('episodes?limit=1'));
  const e = newest && await read(ctx.api(`episodes/${newest.id}`));
  const path = e && ctx.api(`episodes/${e.id}`);
  const left = e?.status === 'finished';
  const works = e?.mayWork && ['active', 'onhold'].includes(e.status);
  const [people, names] = e?.mayWork ? await team(ctx) : [[], {}];
  const comments = e?.discharge ? await commentsOn(ctx, 'discharge') : [];
  return {
    title: t(ctx.own ? 'wayout.own' : 'wayout.title'), back: ctx.own ? [t('menu.more'), '#/more'] : await chartBack(ctx),
    body: [
      !e?.discharge && h('p.card', t('wayout.none')),
      e?.discharge && copyPart(e, names, left, ctx),
      e?.discharge && commentPart(ctx, comments, 'discharge', e.id, t('wayout.own')),
      left && ctx.own && remindersPart(e, path, ctx),
      left && e.mayWork && e.discharge.followUps.filter((f) => !f.outcome).map((f) => outcomeForm(f, path, ctx)),
      works && planForm(e, path, ctx, people),
      works && e.discharge && leaveForm(e, path, ctx, people),
    ],
  };
}

async function team(ctx) {
  const people = await whoTakes(ctx.patientId, ctx.me, ['clinician']);
  return [people, Object.fromEntries(people)];
}

// copyPart is what the patient takes along.
function copyPart(e, names, left, ctx) {
  const d = e.discharge.terms;
  const line = (key, words) => words && [h('dt', t(key)), h('dd', { dir: 'auto' }, words)];
  return h('section.card.care-plan', !left && h('p.warn', t('wayout.draft')),
    h('dl', line('wayout.leavesOn', d.leavesOn && day(d.leavesOn)), line('wayout.where', d.where), line('wayout.next', d.next), line('wayout.reach', d.reach),
      line('wayout.medicines', e.discharge.medicinesAsOf ? t('wayout.medicines.as-of', { date: date(e.discharge.medicinesAsOf) }) : t('wayout.medicines.not-yet')),
      line('wayout.plan', e.discharge.crisisPlan || !d.planBy ? t('wayout.plan.stays') : t('wayout.plan.by', { date: day(d.planBy) }))),
    h('h2', t('wayout.follow')), h('ul.dots', [7, 30].map((n) => followLine(e, n, names))),
    h('p', t('wayout.now')), h('div.actions', h('a.button.quiet', { href: '#/help' }, t('frame.help')), ctx.own && h('a.button.quiet', { href: '#/my-record' }, t('more.my-record')), button(t('learn.print'), () => print(), { kind: 'quiet' })));
}

function followLine(e, n, names) {
  const f = e.discharge.followUps.find((x) => x.day === n);
  const visits = e.booked.filter((b) => b.day === n && !b.missed);
  const who = f?.name ?? names[n === 7 ? e.discharge.terms.seesOnDay7 : e.discharge.terms.seesOnDay30];
  return h('li', t(`wayout.day.${n}`), who && ` · ${who}`, ' · ', f?.outcome ? t(`wayout.outcome.${f.outcome}`) : visits.length > 0 ? t('wayout.booked', { time: dateTime(visits[0].start) }) : t('wayout.not-booked'));
}

function remindersPart(e, path, ctx) {
  const what = choiceField('reminders', t('wayout.reminders'), ['all', 'visits', 'none'].map((r) => [r, t(`wayout.reminders.${r}`)]), { value: e.reminders ?? 'all', hint: t('wayout.reminders.hint') });
  return h('div.card', form([what], async () => {
    await call('PUT', `${path}/reminders`, { body: { reminders: what.read() } });
    sayNext(t('place.saved'));
    await ctx.again();
  }));
}

function outcomeForm(f, path, ctx) {
  const outcome = choiceField('outcome', t(`wayout.day.${f.day}`), ['seen', 'reached', 'missed'].map((o) => [o, t(`wayout.outcome.${o}`)]), { hint: t('wayout.outcome.hint') });
  const note = textField('note', t('wayout.note'), { area: true, maxlength: '2000', dir: 'auto' });
  return h('div.card', form([outcome, note], async () => {
    await call('POST', `${path}/follow-ups/${f.day}`, { body: { outcome: outcome.read(), note: note.read() || undefined } });
    sayNext(t('place.saved'));
    await ctx.again();
  }, { check: () => required(outcome) }));
}

function planForm(e, path, ctx, people) {
  const d = e.discharge?.terms ?? {};
  const none = ['', '–'];
  const where = [none, ...settings.map((s) => [s, t(`setting.${s}`)])];
  const area = (name) => textField(name, t(`wayout.${name}`), { area: true, value: d[name] ?? '', maxlength: '2000', dir: 'auto', hint: t(`wayout.${name}.hint`) });
  const f = {
    leavesOn: textField('leavesOn', t('wayout.leavesOn'), { type: 'date', value: d.leavesOn ?? '' }),
    reason: selectField('reason', t('wayout.reason'), [none, ...reasons.map((r) => [r, t(`wayout.reason.${r}`)])], { value: d.reason ?? '' }),
    fromSetting: selectField('fromSetting', t('handoff.fromSetting'), where, { value: d.fromSetting ?? '' }),
    toSetting: selectField('toSetting', t('handoff.toSetting'), where, { value: d.toSetting ?? '' }),
    where: area('where'), next: area('next'), reach: area('reach'),
    planBy: textField('planBy', t('wayout.planBy'), { type: 'date', value: d.planBy ?? '' }),
    seesOnDay7: selectField('seesOnDay7', t('wayout.day.7'), [none, ...people], { value: d.seesOnDay7 ?? '' }),
    seesOnDay30: selectField('seesOnDay30', t('wayout.day.30'), [none, ...people], { value: d.seesOnDay30 ?? '' }),
  };
  return h('details', { open: !e.discharge }, h('summary', t('wayout.write')), form(Object.values(f), async () => {
    const body = Object.fromEntries(Object.entries(f).map(([name, field]) => [name, field.read()]).filter(([, v]) => v));
    await call('PUT', `${path}/discharge`, { body });
    sayNext(t('place.saved'));
    await ctx.again();
  }));
}

// leaveForm lets them leave; where they go elsewhere it asks for the handoff too.
function leaveForm(e, path, ctx, people) {
  if (e.missing.length > 0) {
    return h('section.card', h('h2', t('wayout.missing')), h('ul.dots', e.missing.map((m) => h('li', m === 'medicines' ? h('a', { href: ctx.at('medicines/review') }, t('wayout.missing.medicines')) : t(m === 'seesOnDay7' ? 'wayout.day.7' : m === 'seesOnDay30' ? 'wayout.day.30' : `wayout.${m}`)))));
  }
  const d = e.discharge.terms;
  const moves = d.fromSetting !== d.toSetting;
  const others = people.filter(([id]) => id !== ctx.me.accountId);
  const lines = (name) => textField(`handoff.${name}`, t(`handoff.${name}`), { area: true, hint: t(`handoff.${name}.hint`), maxlength: '6000' });
  const f = moves ? {
    to: selectField('handoff.to', t('handoff.to'), others),
    severity: choiceField('handoff.severity', t('handoff.severity'), ['stable', 'watcher', 'unstable'].map((s) => [s, t(`handoff.severity.${s}`)])),
    summary: textField('handoff.summary', t('handoff.summary'), { area: true, maxlength: '2000' }),
    actions: lines('actions'), situation: textField('handoff.situation', t('handoff.situation'), { area: true, maxlength: '2000', hint: t('handoff.situation.hint') }), whatIf: lines('whatIf'),
    nextVisitOn: textField('handoff.nextVisitOn', t('handoff.nextVisitOn'), { type: 'date' }),
    callDay1: selectField('handoff.callDay1', t('handoff.callDay1'), people), callDay7: selectField('handoff.callDay7', t('handoff.callDay7'), people),
  } : {};
  const split = (field) => field.read().split('\n').map((l) => l.trim()).filter(Boolean);
  const over = () => ({ ...Object.fromEntries(Object.entries(f).map(([name, field]) => [name, field.read()])), actions: split(f.actions),
    whatIf: split(f.whatIf).map((line) => line.split(/:(.*)/s)).map(([when, then]) => ({ if: when.trim(), then: (then ?? '').trim() })) });
  return h('section.card', h('h2', t('wayout.leave')), h('p', t('wayout.leave.lead')), form(Object.values(f), async () => {
    await call('POST', `${path}/discharge`, { body: moves ? { handoff: over() } : {} });
    sayNext(t('wayout.left'));
    await ctx.again();
  }, { submit: t('wayout.leave'), check: () => (moves ? required(f.severity, f.summary) : []) }));
}
