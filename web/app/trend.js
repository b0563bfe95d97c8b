// A measure over days as a line. A day without an answer is a gap in the line and a
// grey band, never a guess. The same numbers stand in a table for those who read them.

import { h, svg } from './dom.js';
import { t } from './texts.js';
import { number, shortDay } from './format.js';

const WIDE = 330, HIGH = 140, LEFT = 28, BASE = 116, TOP = 8; // units of the drawing

// trend draws {measure, points: [{day, value}]} between low and high.
export function trend(name, points, low, high) {
  const known = points.filter((p) => p.value !== null && p.value !== undefined);
  if (known.length === 0) return h('section.card', h('h2', name), h('p.note', t('trend.none')));
  const x = (i) => LEFT + (i * (WIDE - LEFT - 6)) / Math.max(points.length - 1, 1);
  const y = (v) => BASE - ((v - low) * (BASE - TOP)) / (high - low || 1);
  const words = t('trend.words', { name, first: shortDay(points[0].day), last: shortDay(points.at(-1).day), n: known.length, of: points.length });
  return h('section.card', h('h2', name),
    svg('svg.trend', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': words },
      gaps(points).map(([from, to]) => svg('rect.gap', { x: x(from), y: TOP, width: Math.max(x(to) - x(from), 2), height: BASE - TOP })),
      [low, (low + high) / 2, high].map((v) => [
        svg('line.grid', { x1: LEFT, x2: WIDE, y1: y(v), y2: y(v) }),
        svg('text', { x: LEFT - 6, y: y(v) + 4, 'text-anchor': 'end' }, number(v))]),
      runs(points).map((run) => svg('path.path', { d: run.map((i, n) => `${n ? 'L' : 'M'}${x(i)} ${y(points[i].value)}`).join('') })),
      points.map((p, i) => (known.includes(p) ? svg('circle.dot', { cx: x(i), cy: y(p.value), r: points.length > 45 ? 1.8 : 3 }) : null)),
      svg('text', { x: LEFT, y: HIGH - 4 }, shortDay(points[0].day)),
      svg('text', { x: WIDE, y: HIGH - 4, 'text-anchor': 'end' }, shortDay(points.at(-1).day))),
    h('p.note', words),
    h('details', h('summary', t('trend.table')), h('table',
      h('thead', h('tr', h('th', { scope: 'col' }, t('trend.day')), h('th', { scope: 'col' }, name))),
      h('tbody', known.map((p) => h('tr', h('th', { scope: 'row' }, shortDay(p.day)), h('td', number(p.value))))))));
}

// runs are the stretches of days in a row that have a value, as indices.
export function runs(points) {
  const out = [];
  points.forEach((p, i) => {
    if (p.value === null || p.value === undefined) return;
    if (out.length && out.at(-1).at(-1) === i - 1) out.at(-1).push(i);
    else out.push([i]);
  });
  return out;
}

// gaps are the stretches between runs, from the last day known to the next.
export function gaps(points) {
  const known = runs(points);
  const out = known.slice(1).map((run, n) => [known[n].at(-1), run[0]]);
  const first = known[0]?.[0] ?? 0, last = known.at(-1)?.at(-1) ?? points.length - 1;
  if (first > 0) out.unshift([0, first]);
  if (last < points.length - 1) out.push([last, points.length - 1]);
  return out;
}
