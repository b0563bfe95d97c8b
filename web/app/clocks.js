// A moment on somebody's clock, in words. Times are told on the clock of this phone;
// where another clock matters (the clinic's, a patient's elsewhere) both are told,
// each with the name of its zone.

import { t } from './texts.js';
import { usableZone, wall, writeRange, writeTime, ymd, zone, zoneWords } from './intl.js';

// dateIn is the calendar day of a moment (YYYY-MM-DD) on a clock.
export const dateIn = (at, timeZone = zone()) => ymd(wall(at, timeZone));

const short = (timeZone) => ({ timeStyle: 'short', timeZone });

export const timeIn = (at, timeZone = zone()) => writeTime(at, short(timeZone));

// rangeIn tells from when to when. Over midnight it would name both days; they stand
// above it already.
export const rangeIn = (from, to, timeZone = zone()) => (dateIn(from, timeZone) === dateIn(to, timeZone)
  ? writeRange(from, to, short(timeZone))
  : `${timeIn(from, timeZone)} – ${timeIn(to, timeZone)}`);

const longDay = { weekday: 'long', day: 'numeric', month: 'long' };

// dayIn names a day: with the year when it is not this one.
export function dayIn(at, timeZone = zone(), now = new Date()) {
  const other = dateIn(at, timeZone).slice(0, 4) !== dateIn(now, timeZone).slice(0, 4);
  return writeTime(at, { ...longDay, timeZone, ...(other && { year: 'numeric' }) });
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
  const generic = zoneWords(timeZone, at, 'longGeneric');
  return /\d/.test(generic) ? zoneWords(timeZone, at, 'long') : generic;
}

// sameClock tells whether two zones show the same at a moment.
export const sameClock = (a, b, at) => shows(a, at) === shows(b, at);
const shows = (timeZone, at) => {
  const w = wall(at, timeZone);
  return `${ymd(w)} ${w.hour}:${w.minute}`;
};

// otherClocks lists those of some zones that show something else than this phone. One
// that this browser does not know can't be told.
export function otherClocks(zones, at) {
  const out = [];
  for (const one of zones) {
    if (usableZone(one) && !sameClock(one, zone(), at) && !out.some((seen) => sameClock(seen, one, at))) out.push(one);
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
