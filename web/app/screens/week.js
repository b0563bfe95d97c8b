// A clinician's week: the days side by side where there is room, one below the
// other on a phone.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { dateIn, elsewhere, rangeIn } from '../clocks.js';
import { day, shortDay } from '../format.js';
import { joinButton } from '../visitdoor.js';
import { kindName } from '../visitview.js';

const DAY = 24 * 3600 * 1000; // milliseconds
const moved = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

// mondayOf is the first day of the week of a date.
const mondayOf = (date) => moved(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

export default async function weekScreen({ me, params }) {
  const today = dateIn(new Date());
  const monday = mondayOf(/^\d{4}-\d\d-\d\d$/.test(params.day ?? '') ? params.day : today);
  const days = Array.from({ length: 7 }, (_, i) => moved(monday, i));
  const [entries, kinds, hours] = await Promise.all([calendar(me.accountId, monday), all('/v1/visit-types'), read(`/v1/clinicians/${me.accountId}/availability`)]);
  const other = days.includes(today) ? [] : [h('a.button.quiet.small', { href: '#/week' }, t('week.this'))];
  return {
    title: t('week.title'),
    lead: t('week.lead', { from: shortDay(days[0]), to: shortDay(days[6]) }),
    wide: true,
    body: [
      h('nav.actions.weeks', { 'aria-label': t('week.weeks') },
        h('a.button.quiet.small', { href: `#/week/${moved(monday, -7)}` }, t('week.before')), other,
        h('a.button.quiet.small', { href: `#/week/${moved(monday, 7)}` }, t('week.after'))),
      hours.breaks.length > 0 && h('p.card.warn', t('hours.broken', { n: hours.breaks.length }), ' ', h('a', { href: '#/hours' }, t('week.solve'))),
      h('ol.week', days.map((date) => dayPart(date, date === today, entries.filter((e) => dateIn(e.start) === date), { kinds, sites: [] }))),
      h('a.button.quiet', { href: '#/hours' }, icon('clock'), t('hours.title')),
    ],
  };
}

// calendar asks for a day more on both sides: the days are this phone's.
async function calendar(who, monday) {
  const [from, to] = [moved(monday, -1), moved(monday, 8)].map((date) => encodeURIComponent(`${date}T00:00:00Z`));
  return (await read(`/v1/clinicians/${who}/appointments?from=${from}&to=${to}`)).items;
}

const dayPart = (date, now, entries, names) => h(now ? 'li.day.now' : 'li.day',
  h('h2', day(date, { weekday: 'long' }), h('span.note', ` ${shortDay(date)}${now ? ` · ${t('when.today')}` : ''}`)),
  entries.length === 0 ? h('p.note', t('week.free')) : h('ul', entries.map((e) => h('li', entryPart(e, names)))));

function entryPart(e, names) {
  const inside = [
    h('b', rangeIn(e.start, e.end)),
    h('span', e.patientName ?? t('week.taken')),
    e.patientId && h('span.note', `${kindName(e, names)} · ${t(`week.how.${e.modality}`)}`),
    elsewhere(e.start, e.end, [e.local.zone]).map((words) => h('span.note', words)),
    e.status !== 'booked' && h('span.note', t(`visit.status.${e.holdUntil && e.status === 'pending' ? 'held' : e.status}`)),
  ];
  const at = `#/p/${e.patientId}/visits/${e.appointmentId}`;
  if (!e.patientId && e.visitType) return h('a.entry', { href: `#/meetings/${e.appointmentId}` }, inside, h('span.note', t('meeting.title')));
  return e.patientId ? [h('a.entry', { href: at }, inside), joinButton(e, `${at}/join`, 'main.small')] : h('div.entry', inside);
}
