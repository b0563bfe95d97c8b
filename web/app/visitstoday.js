// The visits of a clinician's day: when, with whom, who is here already, and the way in.

import { h } from './dom.js';
import { t } from './texts.js';
import { read } from './api.js';
import { dateIn, rangeIn } from './clocks.js';
import { kindsAndSites } from './keptvisits.js';
import { joinButton } from './visitdoor.js';
import { kindName } from './visitview.js';

const HOURS = 3_600_000; // milliseconds
const here = ['arrived', 'checked-in'];

// entriesToday reads them, by their start. The day is this phone's.
export async function entriesToday(me, now = new Date()) {
  const around = [-24, 24].map((n) => encodeURIComponent(new Date(now.getTime() + n * HOURS).toISOString()));
  const { items } = await read(`/v1/clinicians/${me.accountId}/appointments?from=${around[0]}&to=${around[1]}`);
  return items.filter((e) => dateIn(e.start) === dateIn(now) && e.status !== 'cancelled').sort((a, b) => (a.start < b.start ? -1 : 1));
}

const at = (e) => (e.patientId ? `#/p/${e.patientId}/visits/${e.appointmentId}` : `#/meetings/${e.appointmentId}`);

// visitsToday is all of them, and first: the waiting rooms in which somebody waits now.
export async function visitsToday(me) {
  const [entries, names] = await Promise.all([entriesToday(me), kindsAndSites()]);
  const waiting = entries.filter((e) => here.includes(e.status));
  const first = h('div', entries.filter((e) => e.waiting > 0).map((e) => h('p.warn', h('a', { href: at(e) }, h('bdi', e.patientName ?? t('meeting.title'))), ' · ', t('myday.lobby', { n: e.waiting }))));
  return { first, all: section(entries, waiting, names) };
}

function section(entries, waiting, names) {
  return h('section', h('h2', t('myday.visits')),
    waiting.length > 0 && h('p.warn', t('myday.here', { names: waiting.map((e) => `\u2068${e.patientName ?? t('week.taken')}\u2069`).join(', ') })),
    entries.length === 0 ? h('p.card', t('myday.visits.none')) : h('ul.cards', entries.map((e) => h('li.card', entry(e, names)))),
    h('p', h('a.link', { href: '#/week' }, t('menu.week'))), h('p', h('a.link', { href: '#/my-day/print' }, t('pack.open'))));
}

function entry(e, names) {
  return [h('p', h('b', rangeIn(e.start, e.end)), ' ', e.patientId || e.visitType ? h('a', { href: at(e) }, e.patientName ?? t('meeting.title')) : t('week.taken')),
    e.visitType && h('p.note', `${kindName(e, names)} · ${t(`week.how.${e.modality}`)}`),
    e.waiting > 0 && h('p.warn', t('myday.lobby', { n: e.waiting })),
    e.status !== 'booked' && h('span.tag', t(`visit.status.${e.holdUntil && e.status === 'pending' ? 'held' : e.status}`)), ' ',
    e.patientId && joinButton(e, `${at(e)}/join`, 'main.small')];
}
