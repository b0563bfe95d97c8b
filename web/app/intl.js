// The one place that uses the browser's Intl. What a browser says of itself can be
// anything ("C", "Etc/Unknown", "+05:30"), and what it knows of zones and languages can
// be older than what it is asked for. Nothing here throws: where Intl does not answer,
// plain digits do.

import { safely } from './safely.js';
import { language } from './texts.js';

const made = new Map();

function maker(kind, locale, options) {
  const key = JSON.stringify([kind, locale, options]);
  if (!made.has(key)) made.set(key, new Intl[kind](locale, options));
  return made.get(key);
}

// words is what a maker writes: in the person's language, else in English.
const words = (kind, options, write) => [language(), 'en']
  .map((locale) => safely(() => write(maker(kind, locale, options)))).find((text) => typeof text === 'string' && text);

const two = (n) => String(n).padStart(2, '0');
const iso = (at) => safely(() => new Date(at).toISOString().slice(0, 16).replace('T', ' '), '');

// writeTime writes a moment. Options are those of Intl.DateTimeFormat; with no zone it
// is that of this phone.
export function writeTime(at, options) {
  const zoned = { timeZone: zone(), ...options };
  return words('DateTimeFormat', zoned, (m) => m.format(new Date(at))) ?? `${iso(at)} UTC`;
}

export const writeRange = (from, to, options) => words('DateTimeFormat', options, (m) => m.formatRange(new Date(from), new Date(to))) ??
  `${writeTime(from, options)} – ${writeTime(to, options)}`;

// zoneWords is how a zone is called at a moment, in one of the styles of timeZoneName.
export const zoneWords = (timeZone, at, timeZoneName) => words('DateTimeFormat', { timeZone, timeZoneName },
  (m) => m.formatToParts(new Date(at)).find((p) => p.type === 'timeZoneName').value) ?? timeZone;

export const number = (value) => words('NumberFormat', {}, (m) => m.format(value)) ?? String(value);

// nameOf gives the name of a language or region, else its code. in: a language other
// than the person's.
export const nameOf = (type, code, locale = language()) => safely(() => maker('DisplayNames', [locale], { type }).of(code)) ?? code;

// inOrder sorts as the person's language does.
export function inOrder(list, by) {
  const compare = safely(() => maker('Collator', language(), {}).compare, null) ?? ((a, b) => (a < b ? -1 : Number(a > b)));
  return safely(() => list.toSorted((a, b) => compare(by(a), by(b))), list);
}

export const knownZones = () => safely(() => Intl.supportedValuesOf('timeZone'), []);

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']; // RFC 5545

// wall is what clocks on a wall in a zone show: {year, month, day, hour, minute, weekday}.
export function wall(at, timeZone) {
  const named = safely(() => {
    const parts = maker('DateTimeFormat', 'en-US', { timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric',
      month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', weekday: 'short' }).formatToParts(new Date(at));
    const part = (type) => parts.find((p) => p.type === type).value;
    return { ...Object.fromEntries(['year', 'month', 'day', 'hour', 'minute'].map((type) => [type, Number(part(type))])), weekday: part('weekday').slice(0, 2).toUpperCase() };
  });
  if (named && Number.isFinite(named.year + named.minute)) return named;
  const d = new Date(at); // Intl does not answer: the phone's own clock
  return { year: d.getFullYear(), month: d.getMonth() + 1, day: d.getDate(), hour: d.getHours(), minute: d.getMinutes(),
    weekday: weekdays[d.getDay()] };
}

export const ymd = ({ year, month, day }) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

let asked = { at: -Infinity, ahead: 0, zone: '' };

// saidZone is what the browser calls its zone, whatever that is. To ask takes some
// milliseconds and a screen with many times needs it for each: it is asked once a second.
export function saidZone() {
  const [at, ahead] = [performance.now(), new Date().getTimezoneOffset()];
  if (at - asked.at >= 1000 || ahead !== asked.ahead) asked = { at, ahead, zone: safely(() => String(new Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''), '') };
  return asked.zone;
}

// An IANA name, as the server takes it (models/zone.go).
const zoneName = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/;

// usableZone tells whether times can be told on a zone's clock.
export const usableZone = (name) => typeof name === 'string' && name !== 'Etc/Unknown' && zoneName.test(name) &&
  safely(() => Boolean(maker('DateTimeFormat', 'en-US', { timeZone: name })), false);

const lent = new Map();

// lendZone names the zone of the account and that of the site, for a phone that does
// not know its own.
export const lendZone = (whose, name) => lent.set(whose, name);

// zone is whose clock the screens show: the phone's, the account's, the site's.
export const zone = () => [saidZone(), lent.get('account'), lent.get('site')].find(usableZone) ?? 'UTC';

export const zoneIsLent = () => !usableZone(saidZone());
