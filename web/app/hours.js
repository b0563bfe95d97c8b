// Whether somebody answers now, on the clock on their own wall (models/crisisplanhours.go;
// a test holds the two against each other).

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export function openAt(hours, at) {
  if (hours.always) return true;
  const { today, minute } = wall(hours.zone, at);
  const before = weekdays[(weekdays.indexOf(today) + 6) % 7];
  return (hours.open ?? []).some(({ days, from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (end > start) return days.includes(today) && start <= minute && minute < end;
    return (days.includes(today) && start <= minute) || (days.includes(before) && minute < end);
  });
}

const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function wall(zone, at) {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = Object.fromEntries(clock.formatToParts(at).map((p) => [p.type, p.value]));
  return { today: parts.weekday.slice(0, 2).toUpperCase(), minute: Number(parts.hour) * 60 + Number(parts.minute) };
}
