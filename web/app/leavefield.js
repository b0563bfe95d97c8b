// Time off, by days. Time off that is over is kept and not shown.

import { listField } from './listfield.js';
import { t } from './texts.js';

const DAY = 24 * 3600 * 1000; // milliseconds
const move = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

// lastDay is the last day away: one that ends at midnight has no part of that day.
const lastDay = (end) => (end.endsWith('T00:00:00') ? move(end.slice(0, 10), -1) : end.slice(0, 10));

// daysAway are the first and the last day of something that is stored with times.
export const daysAway = (l) => ({ start: l.start.slice(0, 10), end: lastDay(l.end) });

// leaveField takes the day that it is where the person works, as YYYY-MM-DD.
export function leaveField(values, today) {
  const past = values.filter((l) => l.end.slice(0, 10) < today);
  const shown = values.filter((l) => !past.includes(l)).map((l) => ({ ...daysAway(l), as: l }));
  const list = listField('leave', t('hours.leave'), [
    { name: 'start', label: t('hours.leave.from'), type: 'date' },
    { name: 'end', label: t('hours.leave.to'), type: 'date' },
  ], shown, { hint: t('hours.leave.hint') });
  const rows = list.read;
  list.read = () => [...past, ...rows().map(daysStored)];
  return list;
}

// daysStored makes of days what is stored; as, what they were read from, keeps its hours
// where nobody changed the dates.
export function daysStored({ start, end, as }) {
  if (as && as.start.slice(0, 10) === start && lastDay(as.end) === end) return { start: as.start, end: as.end };
  return { start: start && `${start}T00:00:00`, end: end && `${move(end, 1)}T00:00:00` };
}
