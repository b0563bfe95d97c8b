// The crisis plan. A patient's own is shown from this phone at once; others see what
// the server lets them see.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { calls } from '../callcard.js';
import { hear } from '../bus.js';
import { chartBack } from '../chartback.js';
import { keptPlan, refreshPlan } from '../keptplan.js';
import { NoAnswer } from '../http.js';
import { linesNow } from '../numbers.js';
import { SignedOut } from '../session.js';
import { planBody, savedOn } from '../bundleview.js';
import { contentBody } from '../planview.js';
import { localDay } from '../format.js';
import { codeOf } from '../pagecode.js';
import { quickExit } from '../quickexit.js';
import { afterPaint, within } from '../safely.js';

const PATIENCE = 5000; // milliseconds for a plan that this phone does not have yet

export default async function planScreen(ctx) {
  return ctx.own || !ctx.me ? ownPlan(ctx) : othersPlan(ctx);
}

async function ownPlan(ctx) {
  let kept = await keptPlan();
  if (!kept) {
    await within(PATIENCE, refreshPlan); // a tab that the phone has frozen can hold it up
    kept = await keptPlan();
  }
  if (!kept && !ctx.me) return ctx.go('#/enrol');
  const stop = hear('plan', () => { // a newer one came while this was open
    stop();
    if (location.hash === '#/plan') ctx.again();
  });
  const more = h('div');
  if (ctx.locked) more.append(h('a.button.quiet', { href: '#/' }, t('lock.back')));
  else if (ctx.me) afterPaint(() => editing(ctx, more)); // the plan must not wait for the network
  else more.append(h('p.note', t('problem.signed-out')), h('a.button.quiet', { href: '#/enrol' }, t('enrol.send')));
  return {
    title: t('today.plan'),
    body: [
      quickExit(),
      kept ? h('p', savedOn(kept), kept.version > 0 && h('span.note', ` · ${t('plan.version', { n: kept.version })}`)) : [h('p.card', t('plan.not-here')), h('section.card.help-card', { 'aria-label': t('help.numbers') }, h('div', calls(linesNow())))],
      kept?.verified === null && h('p.note', t('plan.unsure')),
      kept?.clinicHas !== undefined && h('p.note', t('plan.clinic-older')),
      kept?.plan.empty && numbersOf(kept.plan),
      kept && planBody(kept.plan),
      kept && !kept.plan.empty && numbersOf(kept.plan),
      more,
      h('a.button.quiet', { href: `#/learn/${codeOf('crisis-plan')}` }, t('plan.read')),
    ],
  };
}

const numbersOf = (plan) => h('section.card.help-card', { 'aria-label': t('help.numbers') }, h('div', calls(plan)));

// editing adds what needs the network: a draft that waits, and the way to change
// and share the plan.
async function editing(ctx, into) {
  try {
    const { data } = await call('GET', ctx.api('crisis-plan'));
    into.append(...[draftLink(data, ctx), ...dueLinks(data, ctx), editLink(data, ctx), h('a.button.quiet', { href: '#/plan/share' }, t('shareplan.title'))].filter(Boolean));
  } catch (problem) {
    if (!(problem instanceof NoAnswer) && !(problem instanceof SignedOut) && !problem.status) throw problem; // signed out: the screen is drawn anew
  }
}

const draftLink = (view, ctx) => view.draft && h('a.button.quiet', { href: ctx.at('plan/draft') }, t('plan.draft.title', { n: view.draft.version }));

// dueLinks lead to where a practice and a review are noted; one that is due stands out.
const dueLinks = (view, ctx) => (view.active ? [
  ctx.own && dueLink('#/plan/practice', t('practice.title'), view.nextRehearsalOn),
  dueLink(ctx.at('plan/review'), t('reviewplan.title'), view.reviewsDue?.[0]?.on),
] : []);

const dueLink = (href, words, on) => h('a.button.quiet', { href }, words,
  on && on <= localDay() && [' ', h('span.tag', t('plan.due'))]);

const editLink = (view, ctx) => h('a.button.quiet', { href: ctx.at('plan/edit') }, t(view.newest ? 'plan.edit' : 'plan.begin'));

async function othersPlan(ctx) {
  const { data } = await call('GET', ctx.api('crisis-plan'));
  const back = await chartBack(ctx);
  const content = data.shared?.content ?? data.active?.content;
  const staff = ctx.me.role === 'clinician';
  return {
    title: t('chart.plan'),
    back,
    lead: data.shared ? t('plan.shown-part') : data.active && t('plan.version', { n: data.active.version }),
    body: [
      staff && draftLink(data, ctx),
      content && Object.keys(content).length > 0 ? contentBody(content) : h('p.card', t('plan.none.other')),
      staff && dueLinks(data, ctx),
      staff && editLink(data, ctx),
      staff && data.clinicNumbers?.length > 0 && h('a.button.quiet', { href: ctx.at('plan/numbers') }, t('plan.numbers')),
    ],
  };
}
