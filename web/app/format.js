// Dates and numbers as the person's language writes them.

import { nameOf, number, inOrder, saidZone, wall, writeTime, ymd, zone } from './intl.js';
import { has, t } from './texts.js';

export { inOrder, number, zone };

export const dateTime = (at) => writeTime(at, { dateStyle: 'medium', timeStyle: 'short' });
export const date = (at) => writeTime(at, { dateStyle: 'medium' });

// day writes a calendar day (YYYY-MM-DD), which has no zone.
/** @param {string} on @param {Intl.DateTimeFormatOptions} [options] */
export const day = (on, options = { dateStyle: 'medium' }) => writeTime(`${on}T00:00:00Z`, { ...options, timeZone: 'UTC' });
export const shortDay = (on) => day(on, { day: 'numeric', month: 'short' });
export const countryName = (code) => (has(`country.${code}`) ? t(`country.${code}`) : nameOf('region', code));
export const languageName = (code) => nameOf('language', code);

// seconds writes milliseconds as seconds to a tenth, never as none.
export const seconds = (millis) => number(Math.max(0.1, Math.round(millis / 100) / 10));

// offsetTime is a moment as RFC 3339 with this phone's offset: the wall clock that
// the person saw is part of what they say.
export function offsetTime(at = new Date()) {
  const ahead = /^[+-]\d/.test(saidZone()) ? -at.getTimezoneOffset() : offsetIn(zone(), at);
  const two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const local = new Date(at.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  return `${local}${ahead < 0 ? '-' : '+'}${two(ahead / 60)}:${two(ahead % 60)}`;
}

// offsetIn is how far the clocks of a zone are ahead of UTC, in minutes.
function offsetIn(timeZone, at) {
  const w = wall(at, timeZone);
  return Math.round((Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute) - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}

// localDay is today's calendar day here, moved by some days; a day ends at 04:00.
export function localDay(move = 0, at = new Date()) {
  const w = wall(at, zone());
  const moved = new Date(Date.UTC(w.year, w.month - 1, w.day - (w.hour < 4 ? 1 : 0) + move));
  return ymd({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}
