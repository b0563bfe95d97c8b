// A visit in words: what it is, who comes, how and where. names is what kinds and
// places are called (keptvisits.js).

import { h } from './dom.js';
import { icon } from './icons.js';
import { has, t } from './texts.js';
import { number, zone } from './format.js';
import { site } from './numbers.js';
import { elsewhere, nearDay, otherClocks, rangeIn, zoneName } from './clocks.js';

export const kindName = (visit, names) => names.kinds.find((k) => k.id === visit.visitType)?.name ?? t('visit.kind');

export const live = (visit) => !['cancelled', 'noshow', 'entered-in-error', 'fulfilled'].includes(visit.status);
export const isHold = (visit) => visit.status === 'pending' && Boolean(visit.holdUntil);

// jobOf tells what a part in a visit is called, where it is called after a profession.
export const jobOf = (role) => (has(`discipline.${role}`) ? t(`discipline.${role}`) : '');

// others are those whom the patient meets.
export const others = (visit) => (visit.participants ?? []).filter((p) => p.kind !== 'patient' && p.name);

// zonesOf are the clocks that matter beside that of this phone.
export async function zonesOf(visit, names) {
  const place = names.sites.find((s) => s.id === visit.site);
  return [place?.zone ?? (await site())?.zone, visit.local?.zone];
}

// whenPart is the day and the time of a visit, and the same on other clocks.
export const whenPart = (visit, zones) => [
  h('p.strong', h('time', { datetime: visit.start }, nearDay(visit.start))),
  h('p.time-of', rangeIn(visit.start, visit.end), otherClocks(zones, visit.start).length > 0 && h('span.note', ` ${zoneName(zone(), visit.start)}`)),
  elsewhere(visit.start, visit.end, zones).map((words) => h('p.note', words)),
];

const row = (drawing, ...rest) => h('p.fact', icon(drawing), h('span', rest));

// absent says of somebody what makes it unsure that they come.
const absent = { declined: 'visit.cannot-come', 'needs-action': 'visit.not-agreed' };

// factsPart says who comes, how, and where.
export function factsPart(visit, names) {
  const place = visit.modality === 'in-person' && names.sites.find((s) => s.id === visit.site);
  return h('div.facts',
    others(visit).length > 0 && row('people', others(visit).map((p, i) => h('span.person',
      i === 0 && t('visit.with', { names: '' }), h('bdi', p.name), jobOf(p.role) && h('span.note', ` (${jobOf(p.role)})`),
      p.role === 'interpreter' && h('span.note', ` (${t('role.interpreter')})`),
      absent[p.status] && h('span.note.warn', ` ${t(absent[p.status])}`), !p.required && h('span.note', ` ${t('visit.if-free')}`)))),
    visit.modality && row(visit.modality === 'video' ? 'video' : visit.modality === 'phone' ? 'phone' : 'place', t(`visit.how.${visit.modality}`)),
    place && h('p.note.under', place.name, place.address && `, ${place.address}`));
}

// statusTag is shown where it says more than that the visit will be.
export const statusTag = (visit) => visit.status !== 'booked' && h('p', h(visit.status === 'cancelled' ? 'span.tag.off' : 'span.tag',
  t(`visit.status.${isHold(visit) ? 'held' : visit.status}`)));

export const minutesWords = (n) => t('visit.minutes', { n: number(n) });
