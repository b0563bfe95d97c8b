// Several measures over the same days, small and one below the other, so that the eye can
// go from one to the next. A thin line is what is usual for this person; a mark on the axis is
// a visit or a change of medicines. The same stands in one table.

import { h, svg } from './dom.js';
import { t } from './texts.js';
import { number, shortDay } from './format.js';
import { gaps, runs } from './trend.js';

const WIDE = 420, HIGH = 92, LEFT = 26, TOP = 6, BASE = 74; // units of the drawing
const FEWEST = 3; // answers before something is usual

const tenth = (v) => number(Math.round(v * 10) / 10);
const known = (points) => points.filter((p) => p.value !== null && p.value !== undefined);

// usualOf is the median of all answers but the last; null: there are too few.
export function usualOf(points) {
  const before = known(points).slice(0, -1).map((p) => p.value).sort((a, b) => a - b);
  if (before.length < FEWEST) return null;
  const middle = before.length / 2;
  return Number.isInteger(middle) ? (before[middle - 1] + before[middle]) / 2 : before[Math.floor(middle)];
}

// multiples draws {trends: [{measure, min, max, points}], marks: [{on, kind, words}]}.
export function multiples(trends, marks) {
  return h('section.card.multiples', h('h2', t('multiples.title')), h('p.note', t('multiples.lead')),
    trends.map((trend) => one(trend, marks)),
    marks.length > 0 && h('ul.dots.marks', marks.map((m) => h('li', h('b', shortDay(m.on)), ' ', m.words))),
    table(trends, marks));
}

function one({ measure, min, max, points }, marks) {
  const name = t(`measure.${measure}`), usual = usualOf(points), all = known(points);
  if (all.length === 0) return h('div', h('h3', name), h('p.note', t('trend.none')));
  const x = (i) => LEFT + (i * (WIDE - LEFT - 6)) / Math.max(points.length - 1, 1);
  const y = (v) => BASE - ((v - min) * (BASE - TOP)) / (max - min || 1);
  const last = all.at(-1).value;
  const words = usual === null ? t('multiples.last', { value: tenth(last) }) : t('multiples.usual', { value: tenth(last), usual: tenth(usual) });
  return h('div', h('h3', name, ' ', h('span.note', words)),
    svg('svg.trend', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': `${name}. ${words} ${t('trend.words', { name, first: shortDay(points[0].day), last: shortDay(points.at(-1).day), n: all.length, of: points.length })}` },
      gaps(points).map(([from, to]) => svg('rect.gap', { x: x(from), y: TOP, width: Math.max(x(to) - x(from), 2), height: BASE - TOP })),
      [min, max].map((v) => [svg('line.grid', { x1: LEFT, x2: WIDE, y1: y(v), y2: y(v) }), svg('text', { x: LEFT - 6, y: y(v) + 4, 'text-anchor': 'end' }, number(v))]),
      usual !== null && svg('line.usual', { x1: LEFT, x2: WIDE, y1: y(usual), y2: y(usual) }),
      marks.map((m) => [points.findIndex((p) => p.day === m.on), m]).filter(([i]) => i >= 0)
        .map(([i, m]) => svg(`path.mark.${m.kind}`, { d: m.kind.endsWith('visit') ? `M${x(i)} ${BASE + 2}l4 8h-8z` : `M${x(i) - 4} ${BASE + 2}h8v8h-8z` })),
      runs(points).map((run) => svg('path.path', { d: run.map((i, n) => `${n ? 'L' : 'M'}${x(i)} ${y(points[i].value)}`).join('') })),
      points.map((p, i) => (all.includes(p) ? svg('circle.dot', { cx: x(i), cy: y(p.value), r: 2.5 }) : null))));
}

// table has a row for each day on which there is an answer or a mark, the newest first.
function table(trends, marks) {
  const days = (trends[0]?.points ?? []).map((p) => p.day).filter((day) => marks.some((m) => m.on === day) || trends.some((s) => known(s.points).some((p) => p.day === day))).reverse();
  const value = (s, day) => known(s.points).find((p) => p.day === day)?.value;
  return h('details', h('summary', t('trend.table')), h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': t('multiples.title') }, h('table',
    h('thead', h('tr', h('th', { scope: 'col' }, t('trend.day')), trends.map((s) => h('th', { scope: 'col' }, t(`measure.${s.measure}`))), h('th', { scope: 'col' }, t('multiples.happened')))),
    h('tbody', days.map((day) => h('tr', h('th', { scope: 'row' }, shortDay(day)), trends.map((s) => h('td', value(s, day) === undefined ? '–' : tenth(value(s, day)))),
      h('td', marks.filter((m) => m.on === day).map((m) => m.words).join(', '))))))));
}
