// Today at the clinic, for those who arrange it: nobody on duty, visits that somebody has
// not agreed to, visits in person without a room, and the visits of the day.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { dateIn, rangeIn } from '../clocks.js';
import { dateTime } from '../format.js';

const DAYS = 7; // ahead
const MOST = 40; // clinicians whose calendars are looked at
const DAY = 86_400_000; // milliseconds

export default async function gapsScreen() {
  const now = new Date();
  const people = (await all('/v1/accounts?role=clinician&limit=100')).filter((a) => a.status === 'active');
  const range = `from=${encodeURIComponent(new Date(now.getTime() - DAY / 2).toISOString())}&to=${encodeURIComponent(new Date(now.getTime() + DAYS * DAY).toISOString())}`;
  const [duty, ...calendars] = await Promise.all([read('/v1/duty').catch(() => ({ holes: [] })),
    ...people.slice(0, MOST).map((a) => read(`/v1/clinicians/${a.id}/appointments?${range}`).then((list) => list.items.map((e) => ({ ...e, who: a.name })), () => []))]);
  const visits = [...new Map(calendars.flat().filter((e) => e.status !== 'cancelled').map((e) => [`${e.appointmentId} ${e.who}`, e])).values()].sort((a, b) => (a.start < b.start ? -1 : 1));
  const ahead = visits.filter((e) => Date.parse(e.end) > now.getTime());
  const open = once(ahead.filter((e) => e.unanswered > 0)), roomless = once(ahead.filter((e) => e.noRoom));
  return {
    title: t('gaps.title'), lead: t('gaps.lead', { n: DAYS }), wide: true, back: [t('menu.office'), '#/office'],
    body: h('div.desk', h('div', part('gaps.duty', duty.holes, (hole) => [h('b', hole.rotaName), ' ', dateTime(hole.from), hole.to && ` – ${dateTime(hole.to)}`], '#/duty')),
      h('div', part('gaps.unanswered', open, row), part('gaps.room', roomless, row)),
      h('div', part('gaps.today', visits.filter((e) => dateIn(e.start) === dateIn(now)), row)),
      people.length > MOST && h('p.note', t('gaps.most', { n: MOST }))),
  };
}

const once = (list) => [...new Map(list.map((e) => [e.appointmentId, e])).values()];

const part = (words, list, show, href) => h('section', h('h2', t(words), ' ', h('span.tag', String(list.length))),
  list.length === 0 ? h('p.card', t('gaps.none')) : h('ul.cards', list.map((one) => h('li.card', show(one)))),
  href && h('p', h('a.link', { href }, t('gaps.open'), icon('on'))));

const row = (e) => [h('p', h('b', dateIn(e.start) === dateIn(new Date()) ? rangeIn(e.start, e.end) : dateTime(e.start)), ' ', h('bdi', e.who)),
  h('p.note', e.patientId ? h('a', { href: `#/p/${e.patientId}/visits/${e.appointmentId}` }, e.patientName) : t('gaps.patient'), ` · ${t(`week.how.${e.modality}`)}`, e.unanswered > 0 && ` · ${t('gaps.waits', { n: e.unanswered })}`)];
