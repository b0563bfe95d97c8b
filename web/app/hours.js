// Whether somebody answers now, on the clock on their own wall (models/crisisplanhours.go;
// a test holds the two against each other).

import { wall } from './intl.js';

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

const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function clock(zone, at) {
  const w = wall(at, zone);
  return { today: w.weekday, minute: w.hour * 60 + w.minute };
}
