// The crisis plan of this phone as it is read: a finished document in which every
// entry has the same form, so that an old page can show a newer plan.

import { fill, h } from './dom.js';
import { date, day, localDay } from './format.js';
import { openAt } from './hours.js';
import { icon } from './icons.js';
import { afterPaint } from './safely.js';
import { t } from './texts.js';

export function savedOn(kept) {
  const note = h('span.note', '\u00a0'); // its line is there before its words
  afterPaint(() => fill(note, t('plan.saved-on', { date: date(kept.savedAt) })));
  return note;
}

// planBody shows a bundle (models/crisisplan/bundle.go).
export function planBody(plan) {
  return h('div.plan', { lang: plan.locale, dir: plan.direction },
    plan.empty ? card(plan.empty, true) : h('p', plan.intro),
    h('div.steps', plan.sections.map((section) => h('section.card.step',
      h('h2', section.title), h('p.note', section.help),
      h('ul.lines', section.items.map((item) => h('li', entry(item, plan))))))),
    plan.cards.map((c) => card(c)));
}

const card = (c, open) => h('details.card', { open: Boolean(open) }, h('summary', c.title), c.text && h('p', c.text),
  c.steps?.length > 0 && h('ol.counted', c.steps.map((step) => h('li', step))));

function entry(item, plan) {
  const exercise = plan.exercises?.find((e) => e.key === item.exercise);
  return [
    h('p.strong', item.text),
    item.details?.map((d) => h('p.note', `${d.label}: ${d.day ? day(d.day) : d.text}`)),
    item.hours && h('p.note', hours(item.hours, plan.words)),
    item.unreachable ? h('p.warn', plan.words.unreachable)
      : item.checkNumberFrom <= localDay() && h('p.note', plan.words.notVerified),
    item.calls?.length > 0 && h('div.calls', item.calls.map((c) => callLink(c, plan.words[c.kind] ?? ''))),
    exercise && card(exercise),
  ];
}

const hours = (h24, words) => (h24.always ? words.always : openAt(h24, new Date()) ? words.openNow : words.closedNow);

// callLink is a number to tap, in a line of the plan.
export const callLink = (c, words) => h('a.call.second', { href: c.href }, icon(c.href.startsWith('sms:') ? 'text' : 'phone'),
  h('span', h('span', h('bdi', words)), h('b', { dir: 'ltr' }, c.display)));
