// One visit. A time that is kept for five minutes asks to be booked; a visit that is
// booked tells what can be done with it.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { NoAnswer } from '../http.js';
import { dateTime } from '../format.js';
import { timeIn } from '../clocks.js';
import { say, sayNext } from '../frame.js';
import { saveFile } from '../savefile.js';
import { guestsPart, invitedPart, otherTimes } from '../invited.js';
import { kindsAndSites, keptVisits } from '../keptvisits.js';
import { places, waitPart } from '../waitlist.js';
import { doorState, joinButton } from '../visitdoor.js';
import { messagesPart } from '../video/messages.js';
import { reportsPart } from '../video/reports.js';
import { factsPart, isHold, kindName, live, statusTag, whenPart, zonesOf } from '../visitview.js';

export default async function visitScreen(ctx) {
  if (ctx.me.role === 'interpreter') return void ctx.go('#/interpreting');
  const { visit, etag, names, old } = await load(ctx);
  const held = isHold(visit);
  return {
    title: held ? t('visit.held.title') : kindName(visit, names),
    lead: held ? t('visit.held.lead', { time: timeIn(visit.holdUntil) }) : undefined,
    back: held ? [t('times.title'), ctx.at(`visits/new/${visit.visitType}`)] : [t(ctx.own ? 'visits.title' : 'chart.visits'), ctx.at('visits')],
    body: [
      old && h('p.card.warn', t('visits.saved', { time: dateTime(old) })),
      h('div.card', held && h('h2', kindName(visit, names)), statusTag(visit), whenPart(visit, await zonesOf(visit, names)), factsPart(visit, names),
        visit.cancellation && h('p.note', t('visit.because', { why: t(`visit.reason.${family(visit.cancellation.reason)}`) }))),
      !old && otherTimes(visit, ctx),
      !old && invitedPart(visit, ctx),
      !old && joinPart(visit, ctx),
      !old && messagesPart(visit, ctx),
      !old && reportsPart(visit, ctx),
      !old && (held ? bookPart(visit, ctx) : movesPart(visit, etag, ctx)),
      !old && !held && (await guestsPart(visit, ctx)),
      !old && !held && calendarPart(visit, ctx),
      !old && !held && waitPart(visit, await places(ctx), ctx),
    ],
  };
}

async function load(ctx) {
  try {
    const [answer, names] = await Promise.all([call('GET', ctx.api(`appointments/${ctx.params.visit}`)), kindsAndSites()]);
    return { visit: answer.data, etag: answer.etag, names };
  } catch (problem) {
    const kept = problem instanceof NoAnswer && ctx.own && (await keptVisits());
    const visit = kept && kept.visits.find((v) => v.id === ctx.params.visit);
    if (!visit) throw problem;
    return { visit, names: kept, old: kept.savedAt };
  }
}

// joinPart is the way into a visit by video, or when it opens.
function joinPart(visit, ctx) {
  if (doorState(visit) === 'early') return h('p.note', t('join.opens', { time: dateTime(visit.door.opens) }));
  return joinButton(visit, ctx.at(`visits/${visit.id}/join`));
}

function bookPart(visit, ctx) {
  const book = async () => {
    await call('POST', '/v1/appointments', { body: { patientId: ctx.patientId, holdId: visit.id } });
    sayNext(t('visit.booked'));
    await ctx.again();
  };
  return h('div.actions', action(t('visit.book'), book), h('a.button.quiet', { href: ctx.at(`visits/${visit.id}/weekly`) }, t('weekly.open')),
    h('a.button.quiet', { href: ctx.at(`visits/new/${visit.visitType}`) }, t('visit.other-time')));
}

// What can be noted, in the order in which it happens.
const noted = { patient: ['arrived'], staff: ['arrived', 'fulfilled', 'noshow'] };
const EARLY = 4 * 3600 * 1000; // milliseconds before the start in which somebody can have come

function movesPart(visit, etag, ctx) {
  const open = live(visit) && Date.parse(visit.end) > Date.now();
  const change = ['booked', 'pending'].includes(visit.status) && open;
  const now = (to) => Date.now() > Date.parse(visit.start) - (to === 'arrived' ? EARLY : 0);
  const move = (to) => async () => {
    await call('POST', ctx.api(`appointments/${visit.id}/transitions`), { body: { to }, etag });
    sayNext(t(ctx.own ? 'visit.noted.arrived' : `visit.noted.team.${to}`));
    await ctx.again();
  };
  const may = ['supporter', 'guardian'].includes(ctx.me.role) ? [] : (noted[ctx.own ? 'patient' : 'staff']).filter((to) => visit.moves?.includes(to) && now(to));
  return h('div.actions',
    may.map((to) => action(t(ctx.own ? 'visit.move.arrived' : `visit.move.team.${to}`), move(to), { kind: to === 'noshow' ? 'quiet' : 'main' })),
    visit.moves && change && h('a.button.quiet', { href: ctx.at(`visits/${visit.id}/move`) }, t('visit.reschedule')),
    visit.moves && open && h('a.button.danger', { href: ctx.at(`visits/${visit.id}/cancel`) }, t('visit.cancel')));
}

// calendarPart hands out the visit as a calendar file. The same visit again updates
// what the calendar has; one that was called off takes it out.
function calendarPart(visit, ctx) {
  const out = ['cancelled', 'entered-in-error'].includes(visit.status);
  if (Date.parse(visit.end) < Date.now()) return null;
  const save = async () => {
    saveFile('appointment.ics', 'text/calendar', await read(ctx.api(`appointments/${visit.id}/invite.ics`)));
    say(t(out ? 'visit.calendar.saved.out' : 'visit.calendar.saved'));
  };
  return h('div.actions', action(t(out ? 'visit.calendar.out' : 'visit.calendar'), save, { kind: 'quiet' }));
}

const family = (reason) => (reason.startsWith('pat') ? 'pat' : reason.startsWith('prov') ? 'prov' : 'other');
