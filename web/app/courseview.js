// What a team hopes for, beside what check-ins told: words first, then a drawing with the
// same numbers in a table. It judges nobody.

import { h, svg } from './dom.js';
import { has, t } from './texts.js';
import { day, number, shortDay } from './format.js';
import { runs } from './trend.js';

const WIDE = 330, HIGH = 140, LEFT = 28, BASE = 116, TOP = 8; // units of the drawing
const BAND = 7; // days of answers that a range is about

export const measureName = (m) => (has(`measure.${m}`) ? t(`measure.${m}`) : m.toUpperCase());

// coursePart shows a course; names are what its items are called, own tells whether it is
// the reader's.
export function coursePart(course, own, nameOf) {
  if (!course || course.items.length === 0) return null;
  return h('section', h('h2', t('course.title')), h('p', t(own ? 'course.lead' : 'course.lead.team')),
    course.withheld && h('p.note', t('course.withheld')),
    h('ul.cards', course.items.map((i) => h('li.card', h('h3', { dir: 'auto' }, i.name || nameOf(i.item)),
      h('ul.dots', i.expected.map((e) => h('li', h('b', t('course.by', { day: day(e.by) })), ' ', h('span', { dir: 'auto' }, e.words),
        h('p.note', [e.measure && range(e), e.value !== undefined && t('course.value', { value: number(e.value), unit: unitOf(e) }), t(`course.${e.state}`)].filter(Boolean).join(' · ')))))))),
    course.lines.map((line) => lineCard(line, course)));
}

const unitOf = (e) => e.unit ?? '';
const range = (e) => t('course.range', { measure: measureName(e.measure), low: number(e.low), high: number(e.high), unit: unitOf(e) }).trim();
const daysTo = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

// lineCard draws one measure. What is hoped for is a hatched band with its numbers, so that
// it does not take a colour to tell it from the line.
function lineCard(line, course) {
  const hopes = course.items.flatMap((i) => i.expected).filter((e) => e.measure === line.measure).sort((a, b) => a.by.localeCompare(b.by));
  const last = [course.today, ...hopes.map((e) => e.by)].sort().at(-1);
  const span = Math.max(daysTo(course.from, last), 1), name = measureName(line.measure);
  const x = (on) => LEFT + (Math.max(daysTo(course.from, on), 0) * (WIDE - LEFT - 6)) / span;
  const y = (v) => BASE - ((v - line.min) * (BASE - TOP)) / (line.max - line.min || 1);
  const told = line.points.filter((p) => p.value !== null && p.value !== undefined);
  const words = t('course.words', { name, first: shortDay(course.from), last: shortDay(last), n: told.length });
  const wide = Math.max((BAND * (WIDE - LEFT - 6)) / span, 6);
  const pattern = `hope-${line.measure.replace(/\W/g, '')}`;
  return h('section.card', h('h3', name),
    svg('svg.trend', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': words },
      svg('defs', svg('pattern', { id: pattern, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, svg('line.hatch', { x1: 0, x2: 0, y1: 0, y2: 5 }))),
      [line.min, (line.min + line.max) / 2, line.max].map((v) => [svg('line.grid', { x1: LEFT, x2: WIDE, y1: y(v), y2: y(v) }), svg('text', { x: LEFT - 6, y: y(v) + 4, 'text-anchor': 'end' }, number(v))]),
      hopes.map((e) => svg('rect.hope', { x: Math.max(x(e.by) - wide, LEFT), y: y(e.high), width: wide, height: Math.max(y(e.low) - y(e.high), 3), fill: `url(#${pattern})` })),
      runs(line.points).map((run) => svg('path.path', { d: run.map((i, n) => `${n ? 'L' : 'M'}${x(line.points[i].day)} ${y(line.points[i].value)}`).join('') })),
      told.map((p) => svg('circle.dot', { cx: x(p.day), cy: y(p.value), r: told.length > 45 ? 1.8 : 3 })),
      svg('text', { x: LEFT, y: HIGH - 4 }, shortDay(course.from)), svg('text', { x: WIDE, y: HIGH - 4, 'text-anchor': 'end' }, shortDay(last))),
    h('p.note', words),
    h('details', h('summary', t('trend.table')), h('table',
      h('thead', h('tr', ['day', 'hope', 'told'].map((c) => h('th', { scope: 'col' }, t(`course.${c}`))))),
      h('tbody', rows(hopes, told).map(([on, hope, value]) => h('tr', h('th', { scope: 'row' }, shortDay(on)), h('td', hope), h('td', value)))))));
}

function rows(hopes, told) {
  const days = [...new Set([...hopes.map((e) => e.by), ...told.map((p) => p.day)])].sort();
  return days.map((on) => [on, hopes.filter((e) => e.by === on).map((e) => `${number(e.low)}–${number(e.high)}`).join(', '), told.filter((p) => p.day === on).map((p) => number(p.value)).join('')]);
}
