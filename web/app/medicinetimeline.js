// Medicines, visits and social needs in one view: the dates of starts, stops, reactions
// and visits, the newest first, and beside them what the person needs help with. Each is
// read through its own section of the chart; what is not shared is said to be left out.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { read } from './api.js';
import { date, day } from './format.js';
import { kindsAndSites } from './keptvisits.js';
import { reactionLine, titleOf } from './medicineview.js';
import { jobOf, kindName, others } from './visitview.js';
import { needWords } from './screens/referrals.js';

const LATEST = 20; // visits
const notHeld = ['cancelled', 'noshow', 'entered-in-error'];

// unlessRefused reads a part of the chart: null, when this reader may not have it.
const unlessRefused = (path) => read(path).catch((e) => {
  if (e.status === 403 || e.status === 404) return null;
  throw e;
});

export async function timeline(list, ctx) {
  const to = encodeURIComponent(new Date().toISOString());
  const [visits, needs, names] = await Promise.all([
    unlessRefused(ctx.api(`appointments?limit=${LATEST}&order=latest&to=${to}`)), unlessRefused(ctx.api('social-needs')), kindsAndSites()]);
  const events = [
    ...list.items.flatMap((m) => [[m.since || m.addedAt.slice(0, 10), t('medicines.began', { name: titleOf(m) })], m.stop && [m.stop.on, t('medicines.ended', { name: titleOf(m) })]]),
    ...list.adverse.map((r) => [r.on || r.at.slice(0, 10), reactionLine(r)]),
    ...(visits?.items ?? []).filter((v) => !notHeld.includes(v.status)).map((v) => [v.start.slice(0, 10), visitWords(v, names)]),
  ].filter(Boolean).sort((a, b) => (a[0] < b[0] ? 1 : -1));
  return h('details.card', h('summary', t('ordering.timeline')),
    events.length > 0 && h('ul.dots', events.map(([on, words]) => h('li', day(on), ' · ', words))),
    needs && needsPart(needs, ctx),
    !(visits && needs) && h('p.note', t('ordering.left-out')),
    h('p', h('a', { href: ctx.at('goals') }, t('ordering.goals')), ' ', icon('on')));
}

// visitWords says what kind of visit it was and with which professions.
function visitWords(visit, names) {
  const jobs = [...new Set(others(visit).map((p) => jobOf(p.role)).filter(Boolean))];
  return [kindName(visit, names), jobs.length > 0 && ` (${jobs.join(', ')})`];
}

function needsPart(said, ctx) {
  const wants = said.needs.filter((n) => n.wants === 'help');
  return h('section', h('h3', t('ordering.needs')),
    wants.length === 0 ? h('p', t(said.at ? 'ordering.needs.none' : 'ordering.needs.unasked')) :
      h('ul.dots', wants.map((n) => h('li', needWords(n.need), n.words && [': ', h('bdi', n.words)]))),
    said.at && h('p.note', t('ordering.needs.at', { day: date(said.at) })),
    h('p', h('a', { href: ctx.at('referrals') }, t('referral.title')), ' ', icon('on')));
}
