// What the prescribers agree on, in words that the patient can read.

import { h } from './dom.js';
import { t } from './texts.js';
import { date, dateTime, day } from './format.js';

const facts = (d) => (d.fact ? [d.fact.number, d.fact.word].filter((v) => v !== undefined && v !== '').join(' ') : d.note);

// whatWords names what is watched.
export const whatWords = (what, medicine) => (medicine ? t('agreement.what.of', { what: t(`agreement.what.${what}`), medicine }) : t(`agreement.what.${what}`));

// agreementPart is an agreement. notice gives what stands under each early sign, doing
// what stands under each duty.
/** @param {any} a @param {{ notice?: (sign: any) => any, doing?: (duty: any) => any }} [parts] */
export const agreementPart = (a, { notice = () => null, doing = () => null } = {}) => [
  h('p.card', t(`agreement.status.${a.status}`)),
  (a.left ?? []).length > 0 && h('p.card.warn', t('agreement.left', { names: a.left.join(', ') })),
  h('section', h('h2', t('agreement.who')), h('ul.dots', a.prescribers.map((p) => h('li', h('b', p.name), ' ',
    p.changes.length > 0 ? t('agreement.changes', { medicines: p.changes.join(', ') }) : t('agreement.changes.none'),
    !a.signatures.some((s) => s.by.accountId === p.accountId) && h('span.tag', t('agreement.unsigned'))))),
  h('p.note', t('agreement.answer', { n: a.answerHours }))),
  h('section', h('h2', t('agreement.watch')), a.duties.length > 0
    ? h('ul.cards', a.duties.map((d) => h('li.card', h('h3', whatWords(d.what, d.medicine)), h('p', t('agreement.duty', { name: d.ownerName, n: d.everyDays, day: date(d.dueAt) })),
      d.results.slice(0, 3).map((r) => h('p.note', dateTime(r.at), ' · ', r.passed && `${t('agreement.passed')} · `, facts(r))), doing(d))))
    : h('ul.dots', a.watches.map((w) => h('li', whatWords(w.what, w.medicine), ': ', t('agreement.duty', { name: w.ownerName, n: w.everyDays, day: day(w.firstOn) }))),
      h('li', t('agreement.what.review'), ': ', a.reviewOwnerName))),
  a.signs.length > 0 && h('section', h('h2', t('agreement.signs')), h('ul.cards', a.signs.map((s) => h('li.card', h('h3', s.words), h('p', s.then), h('p.note', s.ownerName),
    a.noticed.filter((n) => n.signId === s.id).slice(0, 3).map((n) => h('p.note', t('agreement.noticed', { name: n.by.name, time: dateTime(n.at) }))), notice(s))))),
  a.intolerable.length > 0 && h('section', h('h2', t('agreement.intolerable')), h('ul.dots', a.intolerable.map((e) => h('li', h('b', e.effect), ' → ', e.then)))),
  a.besides.length > 0 && h('section', h('h2', t('agreement.besides')), h('ul.dots', a.besides.map((b) => h('li', b)))),
];
