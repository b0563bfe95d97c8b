// Weekly hours as a form has them (days, from, to) and as iCalendar has them: an
// RRULE with FREQ=WEEKLY, and a first day on which the rule falls. Whatever else a
// rule says stays as it is.

const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const parts = (rrule) => new Map(rrule.split(';').map((part) => part.split('=')));
const weekdayOf = (date) => names[new Date(`${date}T00:00:00Z`).getUTCDay()];

// simple tells whether a form can show the rule.
export function simple({ rrule }) {
  const has = parts(rrule);
  return has.get('FREQ') === 'WEEKLY' && [...has.keys()].every((name) => ['FREQ', 'BYDAY', 'WKST', 'UNTIL', 'INTERVAL'].includes(name));
}

export const daysOf = ({ rrule, start }) => parts(rrule).get('BYDAY')?.split(',') ?? [weekdayOf(start.slice(0, 10))];
export const untilOf = ({ rrule }) => parts(rrule).get('UNTIL')?.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3');
export const everyOf = ({ rrule }) => Number(parts(rrule).get('INTERVAL') ?? 1);

// withDays gives the hours on other days or times. Hours without a rule begin today.
export function withDays(hours, { days, from, to }, today) {
  const rule = parts(hours.rrule ?? 'FREQ=WEEKLY');
  rule.set('BYDAY', weekdays.filter((d) => days.includes(d)).join(','));
  const start = `${firstOn(hours.start?.slice(0, 10) ?? today, days)}T${from}:00`;
  return { ...hours, start, end: to, rrule: [...rule].map((part) => part.join('=')).join(';') };
}

// firstOn is the first date from a date on that is one of some weekdays.
function firstOn(date, days) {
  const at = new Date(`${date}T00:00:00Z`);
  while (!days.includes(names[at.getUTCDay()])) at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}
