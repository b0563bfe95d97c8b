// How a line of the list of medicines looks.

import { h } from './dom.js';
import { t } from './texts.js';
import { day, number } from './format.js';

export const amount = (a) => a && `${number(a.value)} ${a.unit}`;

// titleOf is name and strength, as they were written.
export const titleOf = (m) => [m.name, amount(m.strength)].filter(Boolean).join(' ');

// facts are what a line says, in rows. An instruction is shown as its prescriber wrote it.
export const lineFacts = (m) => [
  m.why && h('p', t('medicines.why', { why: m.why })),
  m.directions && h('p.quote', m.directions),
  m.taken && h('p', t('medicines.taken', { taken: m.taken })),
  h('p.note', [t(`medicines.source.${m.source}`), m.form && t(`medicines.form.${m.form}`), m.since && t('medicines.since', { day: day(m.since) })].filter(Boolean).join(' · ')),
  (m.prescriber || m.prescribedBy) && h('p.note', t('medicines.ask', { name: m.prescriber?.name ?? m.prescribedBy })),
  m.lastDoseOn && h('p.note', t('medicines.last', { day: day(m.lastDoseOn) })),
  m.stop && h('p.note', m.stop.replacedBy ? t('medicines.replaced', { day: day(m.stop.on) }) : t('medicines.stopped', { day: day(m.stop.on), why: m.stop.why })),
];

export const reactionLine = (r) => [r.substance, t(`medicines.certainty.${r.certainty}`), t(`medicines.severity.${r.severity}`), r.what].filter(Boolean).join(' · ');

// finding is what a rule found, for people of the clinic.
export const findingPart = (f) => [
  h('p', h('b', f.ingredients.join(' + ')), ' ', h('span.tag', t(`ordering.severity.${f.severity}`))),
  h('p', { lang: 'en', dir: 'ltr' }, f.why),
  h('p', h('b', t('ordering.instead')), ' ', h('bdi', { lang: 'en' }, f.instead)),
  f.moud && h('p', t('ordering.moud')),
  h('p.note', t(`ordering.who.${f.who}`)),
  h('p.note', t('ordering.source'), ' ', h('bdi', { lang: 'en' }, f.source), ` [${f.tag}]`),
];
