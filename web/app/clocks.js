// A moment on somebody's clock, in words. Times are told on the clock of this phone;
// where another clock matters (the clinic's, a patient's elsewhere) both are told,
// each with the name of its zone.

import { language, t } from './texts.js';
import { zone } from './format.js';

const made = new Map();
function writer(timeZone, options) {
  const key = JSON.stringify([language(), timeZone, options]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language(), { ...options, timeZone }));
  return made.get(key);
}

// dateIn is the calendar day of a moment (YYYY-MM-DD) on a clock.
export function dateIn(at, timeZone = zone()) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(at));
  const part = (type) => parts.find((p) => p.type === type).value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

export const timeIn = (at, timeZone = zone()) => writer(timeZone, { timeStyle: 'short' }).format(new Date(at));

// rangeIn tells from when to when. Over midnight it would name both days; they stand
// above it already.
export const rangeIn = (from, to, timeZone = zone()) => (dateIn(from, timeZone) === dateIn(to, timeZone)
  ? writer(timeZone, { timeStyle: 'short' }).formatRange(new Date(from), new Date(to))
  : `${timeIn(from, timeZone)} – ${timeIn(to, timeZone)}`);

const longDay = { weekday: 'long', day: 'numeric', month: 'long' };

// dayIn names a day: with the year when it is not this one.
export function dayIn(at, timeZone = zone(), now = new Date()) {
  const other = dateIn(at, timeZone).slice(0, 4) !== dateIn(now, timeZone).slice(0, 4);
  return writer(timeZone, other ? { ...longDay, year: 'numeric' } : longDay).format(new Date(at));
}

// nearDay says "today" and "tomorrow" before the day.
export function nearDay(at, now = new Date()) {
  const days = Math.round((Date.parse(dateIn(at)) - Date.parse(dateIn(now))) / 86_400_000);
  const near = { 0: t('when.today'), 1: t('when.tomorrow') }[days];
  return near ? t('when.near', { near, day: dayIn(at) }) : dayIn(at);
}

// zoneName is how people call a zone: "Pacific Time". Some have no such name, only
// one for a season, or a number.
export function zoneName(timeZone, at = new Date()) {
  const named = (timeZoneName) => writer(timeZone, { timeZoneName }).formatToParts(new Date(at)).find((p) => p.type === 'timeZoneName').value;
  return /\d/.test(named('longGeneric')) ? named('long') : named('longGeneric');
}

// sameClock tells whether two zones show the same at a moment.
export const sameClock = (a, b, at) => wall(a, at) === wall(b, at);
const wall = (timeZone, at) => dateIn(at, timeZone) + new Intl.DateTimeFormat('en-US', { timeZone, timeStyle: 'short' }).format(new Date(at));

// otherClocks lists those of some zones that show something else than this phone.
export function otherClocks(zones, at) {
  const out = [];
  for (const one of zones) {
    if (one && !sameClock(one, zone(), at) && !out.some((seen) => sameClock(seen, one, at))) out.push(one);
  }
  return out;
}

// timeWords tells from when to when: with the zone's name when others differ.
export function timeWords(from, to, zones) {
  const time = rangeIn(from, to);
  return otherClocks(zones, from).length > 0 ? t('when.zone', { time, zone: zoneName(zone(), from) }) : time;
}

// elsewhere tells the same moment on the other clocks, a line each.
export const elsewhere = (from, to, zones) => otherClocks(zones, from).map((one) => {
  const time = rangeIn(from, to, one);
  const words = { zone: zoneName(one, from), time: dateIn(from, one) === dateIn(from) ? time : t('when.near', { near: dayIn(from, one), day: time }) };
  return t('when.elsewhere', words);
});
