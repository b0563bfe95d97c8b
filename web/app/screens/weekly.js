// A time that is kept, each week for some weeks. Every date is shown before anything
// is booked; where one is not free, another time or none takes its place.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call } from '../api.js';
import { dayIn, timeIn, timeWords } from '../clocks.js';
import { form, selectField } from '../forms.js';
import { number } from '../format.js';
import { place, sayNext } from '../frame.js';
import { kindsAndSites } from '../keptvisits.js';
import { uuid7 } from '../uuid.js';
import { kindName, whenPart, zonesOf } from '../visitview.js';

const WEEKS = [4, 8, 12];

export default async function weeklyScreen(ctx) {
  const [{ data: visit }, names] = await Promise.all([call('GET', ctx.api(`appointments/${ctx.params.visit}`)), kindsAndSites()]);
  const zones = await zonesOf(visit, names);
  const back = [kindName(visit, names), ctx.at(`visits/${visit.id}`)];
  const weeks = selectField('rrule', t('weekly.count'), WEEKS.map((n) => [n, t('weekly.weeks', { n: number(n) })]));
  const show = async () => place(await datesScreen({ visit: visit.ask, start: visit.start, rrule: `FREQ=WEEKLY;COUNT=${weeks.read()}` }, zones, back, ctx));
  return { title: t('weekly.title'), lead: t('weekly.lead'), back, body: [h('div.card', whenPart(visit, zones)), h('div.card', form([weeks], show, { submit: t('weekly.show') }))] };
}

async function datesScreen(ask, zones, back, ctx) {
  const { items } = (await call('POST', ctx.api('appointment-series/preview'), { body: ask })).data;
  const rows = items.map((item) => ({ item, field: item.conflicts && instead(item) }));
  const book = async () => {
    const changes = rows.filter((row) => row.field).map(({ item, field }) => ({ recurrenceId: item.recurrenceId, ...(field.read() && { start: field.read() }) }));
    try {
      await call('POST', ctx.api('appointment-series'), { body: { id: uuid7(), ...ask, changes } });
    } catch (problem) {
      if (problem.code !== 'time-not-possible') throw problem;
      return place(await datesScreen(ask, zones, back, ctx)); // somebody was faster: the dates as they are now
    }
    sayNext(t('weekly.booked'));
    return ctx.go(ctx.at('visits'));
  };
  return {
    title: t('weekly.dates'), back,
    body: [
      h('ul.cards', rows.map(({ item, field }) => h('li.card', h('p.strong', dayIn(item.start)),
        field ? field.el : h('p', timeWords(item.start, item.local.end, zones))))),
      h('div.actions', action(t('weekly.book'), book), action(t('weekly.other'), ctx.again, { kind: 'quiet' })),
    ],
  };
}

const instead = (item) => selectField('changes', t('weekly.taken', { time: timeIn(item.start) }), [
  ['', t('weekly.leave-out')], ...(item.alternatives ?? []).map((slot) => [slot.start, t('times.one', { day: dayIn(slot.start), time: timeIn(slot.start) })])]);
