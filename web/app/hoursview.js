// The next weeks of somebody's hours as they really fall, and the visits that no
// longer fit.
// Operations: previewAvailability, previewAvailabilityDraft.

import { h } from './dom.js';
import { t } from './texts.js';
import { call } from './api.js';
import { choose } from './booking.js';
import { dateIn, dayIn, rangeIn } from './clocks.js';
import { alternatives } from './timelist.js';

// weeksPart lists the windows of a preview by day. Where the clocks change it says
// so: the same time on the wall is then another moment.
export function weeksPart(windows) {
  const days = new Map();
  for (const w of windows) {
    const date = dateIn(w.start, w.zone);
    days.set(date, [...(days.get(date) ?? []), w]);
  }
  let before = windows[0]?.start.slice(-6);
  return windows.length === 0 ? h('p.card', t('hours.none')) : h('dl.card.answers', [...days.values()].map((list) => {
    const changed = list[0].start.slice(-6) !== before;
    before = list.at(-1).end.slice(-6);
    return h('div', h('dt', dayIn(list[0].start, list[0].zone)),
      h('dd', list.map((w) => h('p', rangeIn(w.start, w.end, w.zone))), changed && h('p.note', t('hours.clocks'))));
  }));
}

// brokenPart lists the visits that do not fit, with times at which everybody can.
// A time that is tapped is asked about once more before the visit moves.
export const brokenPart = (breaks, { go, saved }) => breaks.length > 0 && h('section.card.broken',
  h('h2', t('hours.broken', { n: breaks.length })), h('p', t(saved ? 'hours.broken.more' : 'hours.broken.draft')),
  h('ul.plain', breaks.map((b) => h('li', brokenVisit(b, go, saved)))));

function brokenVisit(b, go, saved) {
  const page = b.patientId && `#/p/${b.patientId}/visits/${b.appointmentId}`;
  const when = `${dayIn(b.start, b.local.zone)}, ${rangeIn(b.start, b.end, b.local.zone)}`;
  const take = (start) => {
    choose(b.appointmentId, start);
    go(`${page}/move`);
  };
  return [
    h('p.strong', page ? h('a', { href: page }, b.patientName) : t('week.taken'), ` · ${when}`),
    saved && page && (b.alternatives?.length > 0 ? [h('p.note', t('hours.instead')), alternatives(b.alternatives, [], take)] : h('p.note', t('hours.no-time'))),
  ];
}

export const previewOf = async (path, draft) => (await call(draft ? 'POST' : 'GET', `${path}/preview?weeks=4`, draft && { body: draft })).data;
