// Times to choose from, by day. What can't be had any more is answered with what is
// near it.

import { action } from './action.js';
import { h, fill } from './dom.js';
import { has, t } from './texts.js';
import { read } from './api.js';
import { dateIn, dayIn, elsewhere, nearDay, otherClocks, timeIn, zoneName } from './clocks.js';
import { zone } from './format.js';
import { putFirst } from './frame.js';

// timeList shows the times of a search, a page at a time. take(start) is called with
// the one that was tapped. except is a start that is no choice: the visit has it.
export async function timeList(path, zones, take, except = '') {
  const days = h('div');
  const more = h('div');
  const slots = new Map();
  const page = async (cursor) => {
    const { items, next } = await read(path + (cursor && `&cursor=${encodeURIComponent(cursor)}`));
    items.filter((slot) => slot.start !== except).forEach((slot) => slots.set(slot.start, slot));
    fill(days, byDay([...slots.values()]).map(([day, list]) => dayPart(day, list, zones, take)));
    fill(more, next && action(t('times.more'), () => page(next), { kind: 'quiet' }));
  };
  await page('');
  const far = [...slots.keys()].at(-1);
  return slots.size === 0 ? h('p.card', t('times.none')) : [zoneNote(zones, far), days, more];
}

// zoneNote says on whose clock the times are, where another one differs.
const zoneNote = (zones, at) => otherClocks(zones, at).length > 0 &&
  h('p.card', t('times.zone', { zone: zoneName(zone(), at) }), ' ', h('span.note', t('times.zone.more')));

function byDay(slots) {
  const days = new Map();
  for (const slot of slots.toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
    const day = dateIn(slot.start);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days];
}

const dayPart = (day, list, zones, take) => h('section', h('h2', nearDay(list[0].start)),
  h('ul.times', list.map((slot) => h('li', timeButton(slot, zones, take)))));

// timeButton reads out the day too: buttons are also listed without their headings.
function timeButton(slot, zones, take) {
  const there = elsewhere(slot.start, slot.end, zones);
  const words = t('times.one', { time: timeIn(slot.start), day: dayIn(slot.start) });
  return action(timeIn(slot.start), () => taking(slot.start, zones, take), { kind: 'quiet.time', 'aria-label': [words, ...there].join('. ') });
}

// taking tries a time, and shows what is in the way and what is near.
export async function taking(start, zones, take) {
  try {
    await take(start);
  } catch (problem) {
    if (problem.code !== 'time-not-possible') throw problem;
    putFirst(notPossible(problem, start, zones, take));
  }
}

function notPossible(problem, start, zones, take) {
  const reasons = [...new Map(problem.conflicts.map((c) => [c.code, c])).values()];
  return h('div', h('h2', t('times.taken', { day: dayIn(start), time: timeIn(start) })),
    h('ul.dots', reasons.map((c) => h('li', has(`conflict.${c.code}`) ? t(`conflict.${c.code}`) : c.text))),
    problem.alternatives.length > 0 && [h('h3', t('times.near')), alternatives(problem.alternatives, zones, take)]);
}

// alternatives are a few times that are near, with their day.
export const alternatives = (slots, zones, take) => h('ul.near', slots.map((slot) => h('li',
  action(t('times.one', { time: timeIn(slot.start), day: dayIn(slot.start) }), () => taking(slot.start, zones, take), { kind: 'quiet' }))));
