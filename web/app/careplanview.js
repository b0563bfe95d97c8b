// Parts of the care plan that several screens show.

import { h } from './dom.js';
import { has, t } from './texts.js';
import { date } from './format.js';

// nameOfItem is what an item of a plan is called.
export function nameOfItem(plan, id) {
  const i = plan?.items.find((x) => x.id === id);
  if (!i) return t('careplan.item');
  return i.name || (i.activity ? t(`careplan.activity.${i.activity}`) : t(`careplan.kind.${i.kind}`));
}

const parts = ['preferences', 'fears', 'barriers', 'strengths'];

// aboutPart stands on top of every view: what the patient wants, fears, and what helps.
export const aboutPart = (about) => parts.some((p) => about[p]?.length > 0) && h('section.card', h('h2', t('careplan.about')),
  parts.map((p) => about[p]?.length > 0 && [h('h3', t(`careplan.about.${p}`)), h('ul.dots', about[p].map((e) => h('li', { dir: 'auto' }, e)))]));

const fieldWords = (f) => (has(`careplan.field.${f}`) ? t(`careplan.field.${f}`) : f);

// changesPart is what changed, by whom and why.
export const changesPart = (changes, plan) => changes.length > 0 && h('section', h('h2', t('careplan.changed')),
  h('ul.cards', changes.map((c) => h('li.card', h('p', h('b', c.by.name), ` · ${date(c.at)}`),
    h('ul.dots', [...new Set(c.fields.map((f) => f.item ?? ''))].map((id) => h('li', id ? nameOfItem(plan, id) : t('careplan.about'), ': ',
      c.fields.filter((f) => (f.item ?? '') === id).map((f) => fieldWords(f.field)).join(', ')))),
    c.reason && h('p.quote', { dir: 'auto' }, c.reason)))));
