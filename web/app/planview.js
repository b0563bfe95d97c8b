// What a crisis plan says, for those who see it in the record: a draft, a chart, the
// parts that were shared. The phone's own copy has a form of its own (bundleview.js).

import { h } from './dom.js';
import { t } from './texts.js';
import { day } from './format.js';
import { hoursWords } from './hours.js';
import { phoneLinks } from './phonelink.js';

const words = (list, show = (entry) => entry.text) => list?.length > 0 && h('ul.lines', list.map((entry) => h('li', show(entry))));
const person = (entry, note) => [h('p', h('b', entry.name), note && h('span.note', ` ${note}`)), phoneLinks(entry.phone, entry.name)];

// Each part gives what stands in it, or nothing.
const steps = {
  warningSigns: (c) => words(c.warningSigns),
  internalCoping: (c) => words(c.internalCoping),
  socialDistraction: (c) => words(c.socialDistraction, (entry) => person(entry, entry.note)),
  crisisSupport: (c) => words(c.crisisSupport, (entry) => person(entry, entry.relationship)),
  professionalSupport: (c) => professionals(c.professionalSupport),
  lethalMeansSafety: (c) => words(c.lethalMeansSafety, (entry) => [entry.text,
    entry.heldBy && h('p.note', t('plan.held-by', { name: entry.heldBy })), entry.done && h('p.note', t('plan.done'))]),
  reasonForLiving: (c) => c.reasonForLiving && h('p.quote', c.reasonForLiving),
};

const overdose = {
  naloxone: (c) => c.naloxone && [
    words(c.naloxone.kits, (kit) => [h('b', kit.location),
      kit.whoKnows && h('p.note', t('plan.who-knows', { name: kit.whoKnows })),
      kit.expiresOn && h('p.note', t('plan.good-until', { day: day(kit.expiresOn) }))]),
    c.naloxone.responders?.length > 0 && h('p.note', t('plan.can-give', { names: c.naloxone.responders.join(', ') }))],
  toleranceLoss: (c) => c.toleranceLoss?.length > 0 && [
    h('p.warn', t('plan.tolerance')), words(c.toleranceLoss, (entry) => t(`plan.tolerance.${entry.reason}`))],
  neverUseAlone: (c) => c.neverUseAlone && [
    c.neverUseAlone.text && h('p', c.neverUseAlone.text), person({ ...c.neverUseAlone, name: c.neverUseAlone.name ?? '' })],
  drugChecking: (c) => c.drugChecking?.strips && [h('p', t('plan.strips')), c.drugChecking.where && h('p.note', c.drugChecking.where)],
  postOverdose: (c) => words(c.postOverdose, (entry) => [t(`plan.after.${entry.step}`), entry.doneOn && h('p.note', t('plan.done'))]),
};

function professionals(support) {
  const er = support?.emergencyDepartment;
  return support && [words(support.contacts, (entry) => [person(entry, entry.agency), entry.hours && hoursWords(entry.hours).map((text) => h('p.note', text)),
    entry.renewedOn && h('p.note', t('plan.renewed-on', { day: day(entry.renewedOn) }))]),
    er && h('div', h('p', h('b', er.name)), er.address && h('p.note', er.address), phoneLinks(er.phone, er.name))];
}

// contentBody shows a content. What is empty is not there.
export function contentBody(content) {
  const part = (kind, group) => Object.keys(group).map((name) => {
    const inside = group[name](content);
    return inside && h(kind, h('h2', t(`plan.part.${name}`)), inside);
  });
  const second = part('section.card', overdose).filter(Boolean);
  return h('div.plan', h('div.steps', part('section.card.step', steps)),
    second.length > 0 && [h('h2', t('plan.overdose')), second]);
}
