// Dates and numbers as the person's language writes them.

import { language } from './texts.js';

const write = (value, options) => new Intl.DateTimeFormat(language(), options).format(value);

export const dateTime = (at) => write(new Date(at), { dateStyle: 'medium', timeStyle: 'short' });
export const date = (at) => write(new Date(at), { dateStyle: 'medium' });

// day writes a calendar day (YYYY-MM-DD), which has no zone.
export const day = (ymd, options = { dateStyle: 'medium' }) => write(new Date(`${ymd}T00:00:00Z`), { ...options, timeZone: 'UTC' });
export const shortDay = (ymd) => day(ymd, { day: 'numeric', month: 'short' });
export const number = (value) => new Intl.NumberFormat(language()).format(value);

// seconds writes milliseconds as seconds to a tenth, never as none.
export const seconds = (millis) => number(Math.max(0.1, Math.round(millis / 100) / 10));
export const countryName = (code) => new Intl.DisplayNames([language()], { type: 'region' }).of(code);
export const languageName = (code) => new Intl.DisplayNames([language()], { type: 'language' }).of(code);
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

// offsetTime is a moment as RFC 3339 with this phone's offset: the wall clock that
// the person saw is part of what they say.
export function offsetTime(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

// localDay is today's calendar day here, moved by some days; a day ends at 04:00.
export function localDay(move = 0, at = new Date()) {
  const shifted = new Date(at.getFullYear(), at.getMonth(), at.getDate() - (at.getHours() < 4 ? 1 : 0) + move, 12);
  return `${shifted.getFullYear()}-${String(shifted.getMonth() + 1).padStart(2, '0')}-${String(shifted.getDate()).padStart(2, '0')}`;
}
