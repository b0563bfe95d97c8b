// The crisis plan is looked at again: why now, what it says, and that it was done. The
// patient and somebody of the team do it together; either may note it.

import { h } from '../dom.js';
import { action } from '../action.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { checkField, choiceField, form, selectField, textField } from '../forms.js';
import { dateTime, day, seconds } from '../format.js';
import { contentBody } from '../planview.js';
import { sayNext } from '../frame.js';
import { uuid7 } from '../uuid.js';

const NOTE = 1000; // characters
const SHOWN = 5; // of the last ones

export default async function reviewPlanScreen(ctx) {
  const view = await read(ctx.api('crisis-plan'));
  const [looks, practices] = await Promise.all(['reviews', 'rehearsals'].map((part) => read(ctx.api(`crisis-plan/${part}?limit=${SHOWN}`))));
  const back = [t(ctx.own ? 'menu.plan' : 'chart.plan'), ctx.at('plan')];
  if (!view.active) {
    return { title: t('reviewplan.title'), back, body: [h('p.card', t('reviewplan.none')), h('a.button.quiet', { href: ctx.at(view.draft ? 'plan/draft' : 'plan/edit') }, view.draft ? t('plan.draft.title', { n: view.draft.version }) : t('plan.begin'))] };
  }
  return {
    title: t('reviewplan.title'),
    lead: t(ctx.own ? 'reviewplan.lead.own' : 'reviewplan.lead.team'),
    back,
    body: [
      reasons(view.reviewsDue ?? []),
      contentBody(view.active.content),
      h('div.actions', h('a.button.quiet', { href: ctx.at('plan/edit') }, t('plan.edit')),
        ctx.own && h('a.button.quiet', { href: '#/visits/new' }, t('reviewplan.book'))),
      !ctx.own && standsBehind(view, ctx),
      numbersForm(ctx, view),
      noteForm(ctx, view),
      !ctx.own && happenedForm(ctx),
      h('a.button.quiet', { href: ctx.at('plan/versions') }, t('plan.versions')),
      last(t('reviewplan.last'), looks.items, (look) => [`${day(look.on)} · ${look.by.name}`, look.note && h('p', look.note)]),
      last(t('reviewplan.practices'), practices.items, (one) => `${dateTime(one.at)} · ${one.opened ? t('practice.took', { seconds: seconds(one.tookMillis) }) : t('practice.did-not-open')}`),
    ],
  };
}

const reasons = (due) => due.length > 0 && h('section.card', h('h2', t('reviewplan.why')),
  h('ul.dots', due.map((d) => h('li', t(`reviewplan.why.${d.trigger}`), h('span.note', ` · ${t('reviewplan.by', { day: day(d.by) })}`)))));

const last = (title, items, show) => items.length > 0 && h('section', h('h2', title), h('ul.dots', items.map((item) => h('li', show(item)))));

const happened = ['overdose', 'discharge', 'use-after-break', 'medicine-change', 'thoughts', 'screening', 'contact-unreachable'];

// The team notes what happened that asks for a look: what the program can't know.
function happenedForm(ctx) {
  const what = selectField('trigger', t('reviewplan.happened.what'), happened.map((name) => [name, t(`reviewplan.why.${name}`)]));
  const on = textField('on', t('reviewplan.happened.on'), { type: 'date', hint: t('reviewplan.happened.on.hint') });
  const send = async () => {
    await call('POST', ctx.api('crisis-plan/triggers'), { body: { trigger: what.read(), on: on.read() || undefined } });
    sayNext(t('reviewplan.noted'));
    await ctx.again();
  };
  return h('details', h('summary', t('reviewplan.happened')), form([what, on], send));
}

// standsBehind is how somebody of the team says that they read the plan and stand by it.
function standsBehind({ active }, ctx) {
  if (!active) return null;
  const said = active.confirmed ?? [];
  const names = said.map((c) => c.by.name).join(', ');
  const send = async () => {
    await call('POST', ctx.api('crisis-plan/confirmations'), { body: { version: active.version } });
    sayNext(t('alert.saved'));
    await ctx.again();
  };
  return [names && h('p.note', t('plan.stand-by.names', { names })), !said.some((c) => c.by.accountId === ctx.me.accountId) && action(t('plan.stand-by'), send, { kind: 'quiet' })];
}

// numbersForm asks of each number of the plan whether somebody answers there. What nobody
// tried is left as it was; one that does not answer asks for a look at the plan.
function numbersForm(ctx, { active, numbers = {} }) {
  const c = active.content;
  const people = [...(c.crisisSupport ?? []), ...(c.socialDistraction ?? []), ...(c.professionalSupport?.contacts ?? []), c.professionalSupport?.emergencyDepartment, c.neverUseAlone]
    .filter((p) => p?.phone && numbers[p.phone.number]);
  if (people.length === 0) return null;
  const asked = [...new Map(people.map((p) => [p.phone.number, p])).values()];
  const fields = asked.map(({ name, phone }, i) => choiceField(`numbers[${i}].works`, `${name ?? ''} ${phone.display ?? phone.number}`,
    ['yes', 'no', ''].map((v) => [v, t(`reviewplan.number.${v || 'not-tried'}`)]), { value: '', hint: t(`reviewplan.number.is.${numbers[phone.number]}`) }));
  const send = async () => {
    const tried = asked.map(({ phone }, i) => ({ number: phone.number, works: fields[i].read() })).filter((n) => n.works);
    if (tried.length > 0) await call('POST', ctx.api('crisis-plan/number-checks'), { body: { numbers: tried.map((n) => ({ ...n, works: n.works === 'yes' })) } });
    sayNext(t('reviewplan.noted'));
    await ctx.again();
  };
  return h('details', h('summary', t('reviewplan.numbers')), h('p', t('reviewplan.numbers.lead')), form(fields, send));
}

// A clinician also says when the weeks after an acute event are over.
function noteForm(ctx, view) {
  const id = uuid7();
  const followed = !ctx.own && (view.reviewsDue ?? []).some((d) => d.trigger === 'follow-up');
  const note = textField('note', t('reviewplan.note'), { area: true, hint: t('reviewplan.note.hint'), maxlength: NOTE });
  const settled = checkField('settled', t('reviewplan.settled'), { hint: t('reviewplan.settled.hint') });
  const send = async () => {
    await call('POST', ctx.api('crisis-plan/reviews'), { body: { id, note: note.read() || undefined, settled: (followed && settled.read()) || undefined } });
    sayNext(t('reviewplan.noted'));
    ctx.go(ctx.at('plan'));
  };
  return h('section.card', h('h2', t('reviewplan.done')), form(followed ? [note, settled] : [note], send, { submit: t('reviewplan.send') }));
}
