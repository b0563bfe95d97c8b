// Another time for a visit. Until the new time is taken the old one holds, and then
// it is one step: there is never none and never two.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { dayIn, timeWords } from '../clocks.js';
import { chosenTime, slotsPath } from '../booking.js';
import { place, sayNext } from '../frame.js';
import { kindsAndSites } from '../keptvisits.js';
import { moveRest } from '../series.js';
import { taking, timeList } from '../timelist.js';
import { kindName, whenPart, zonesOf } from '../visitview.js';

const DAYS = 60; // when the kind of visit does not say how far one can book

export default async function moveVisitScreen(ctx) {
  const path = ctx.api(`appointments/${ctx.params.visit}`);
  const [{ data: visit, etag }, names] = await Promise.all([call('GET', path), kindsAndSites()]);
  const days = names.kinds.find((k) => k.id === visit.visitType)?.horizonDays ?? DAYS;
  const zones = await zonesOf(visit, names);
  const back = [kindName(visit, names), ctx.at(`visits/${visit.id}`)];
  const moving = (send) => async (start) => {
    await send(start);
    sayNext(t('visit.moved'));
    ctx.go(ctx.at(`visits/${visit.id}`));
  };
  const move = moving((start) => call('POST', `${path}/reschedule`, { body: { start }, etag }));
  const moveAll = moving((start) => moveRest(visit, start, ctx));
  const question = (start) => {
    const end = new Date(Date.parse(start) + Date.parse(visit.end) - Date.parse(visit.start)).toISOString();
    return { title: t('move.sure'), back, body: [
      h('div.card', h('h2', t('move.to')), whenPart({ start, end }, zones)),
      h('div.card', h('h2', t('move.from')), h('p', `${dayIn(visit.start)}, ${timeWords(visit.start, visit.end, zones)}`)),
      h('div.actions', action(t('move.yes'), () => taking(start, zones, move)),
        visit.seriesId && action(t('move.rest'), () => moveAll(start), { kind: 'quiet' }), action(t('visit.other-time'), ctx.again, { kind: 'quiet' }))] };
  };
  const chosen = chosenTime(visit.id);
  if (chosen) return question(chosen);
  return {
    title: t('move.title'),
    lead: t('move.lead'),
    back,
    body: await timeList(slotsPath(ctx.patientId, visit.ask, days + 1, { instead: visit.id }), zones, async (start) => place(question(start)), visit.start),
  };
}
