// When somebody answers, and whether they do now, on the clock on their own wall
// (models/crisisplan/hours.go; a test holds the two against each other).

import { day } from './format.js';
import { wall } from './intl.js';
import { t } from './texts.js';

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export function openAt(hours, at) {
  if (hours.always) return true;
  const { today, minute } = clock(hours.zone, at);
  const before = weekdays[(weekdays.indexOf(today) + 6) % 7];
  return (hours.open ?? []).some(({ days, from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (end > start) return days.includes(today) && start <= minute && minute < end;
    return (days.includes(today) && start <= minute) || (days.includes(before) && minute < end);
  });
}

const SUNDAY = Date.UTC(2023, 11, 31);
/** @param {string} name @param {'short' | 'long' | 'narrow'} [weekday] */
export const weekdayName = (name, weekday = 'short') =>
  day(new Date(SUNDAY + weekdays.indexOf(name) * 86_400_000).toISOString().slice(0, 10), { weekday });

// hoursWords says when somebody answers, a line for each stretch.
export const hoursWords = (hours) => (hours.always ? [t('answers.always')]
  : (hours.open ?? []).map((o) => t('answers.one', { days: o.days.map((d) => weekdayName(d)).join(', '), from: o.from, to: o.to })));

const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function clock(zone, at) {
  const w = wall(at, zone);
  return { today: w.weekday, minute: w.hour * 60 + w.minute };
}
