// Who acts for a patient by law: the office records it, everybody concerned reads it.

import { action } from './action.js';
import { h, button } from './dom.js';
import { all, call } from './api.js';
import { date, localDay } from './format.js';
import { checkField, choiceField, form, required, selectField, textField } from './forms.js';
import { sayNext } from './frame.js';
import { t } from './texts.js';

// sections are what a document can open, with the screen on which a guardian sees it.
const sections = { 'care-team': 'team', goals: 'goals', medicines: 'medicines', 'check-ins': 'check-ins', 'crisis-plan': 'plan', appointments: 'visits', consents: 'sharing', 'access-log': 'access-log' };
const bases = ['court-order', 'power-of-attorney', 'parent'];

export const stillHolds = (g) => !g.endedAt && Date.parse(g.until) > Date.now();

// partsOf are the screens that a guardian has of a patient.
export const partsOf = (g) => Object.entries(sections)
  .filter(([section]) => g.sections?.includes(section) || (section === 'consents' && g.signs)).map(([, part]) => part);

// basisWords say why somebody may act, until when, and how far it goes.
export const basisWords = (g) => [
  h('p', t(`guardian.basis.${g.basis}`)),
  h('p.note', t('guardian.span', { from: date(g.from), until: date(g.until) })),
  g.sections?.length > 0 && [h('p', t('guardian.sees')), h('ul.dots', g.sections.map((s) => h('li', t(`guardian.section.${s}`))))],
  h('p', t(g.signs ? 'guardian.signs' : 'guardian.signs.not')),
];

// guardiansPart is for the office, on the page of a patient's team.
export async function guardiansPart({ api, again, people }) {
  const found = await all(api('guardians'));
  return h('section', h('h2', t('guardian.title')), h('p.note', t('guardian.hint')),
    found.length > 0 && h('ul.cards', found.map((g) => card(g, api, again))),
    recordForm({ api, again, people: people.filter((a) => a.role === 'guardian' && a.status === 'active'), found }));
}

function card(g, api, again) {
  const yes = action(t('guardian.end.yes'), async () => {
    await call('DELETE', api(`guardians/${g.accountId}`));
    sayNext(t('guardian.ended'));
    again();
  }, { kind: 'danger', hidden: true });
  const first = button(t('guardian.end'), () => {
    first.hidden = true;
    yes.hidden = false;
    yes.focus();
  }, { kind: 'quiet', 'aria-label': t('guardian.end-named', { name: g.name }) });
  return h('li.card', h('h3', g.name), basisWords(g),
    h('p.note', t('guardian.checked', { name: g.checkedByName, date: date(g.checkedAt), document: g.document })),
    stillHolds(g) ? h('div.actions', first, yes) : h('p.tag', t('guardian.over')));
}

const at = (day, time) => day && new Date(`${day}T${time}`).toISOString();

function recordForm({ api, again, people, found }) {
  if (people.length === 0) return h('p.card', t('guardian.nobody'));
  const who = selectField('accountId', t('team.who'), [['', t('share.choose')], ...people.map((a) => [a.id, a.name])]);
  const basis = selectField('basis', t('guardian.basis'), bases.map((b) => [b, t(`guardian.basis.${b}`)]));
  const paper = textField('document', t('guardian.document'), { hint: t('guardian.document.hint'), maxlength: '300' });
  const from = textField('from', t('guardian.from'), { type: 'date', value: localDay() });
  const until = textField('until', t('guardian.until'), { type: 'date', hint: t('guardian.until.hint') });
  const sees = choiceField('sections', t('guardian.sees'), Object.keys(sections).map((s) => [s, t(`guardian.section.${s}`)]), { many: true });
  const signs = checkField('signs', t('guardian.signs'));
  const send = async () => {
    const before = found.find((g) => g.accountId === who.read() && stillHolds(g));
    const others = (before?.sections ?? []).filter((s) => !(s in sections)); // what another program recorded stays
    await call('PUT', api(`guardians/${who.read()}`), { body: { basis: basis.read(), document: paper.read(), from: at(from.read(), '00:00:00'),
      until: at(until.read(), '23:59:59'), sections: [...sees.read(), ...others], signs: signs.read() } });
    sayNext(t('guardian.recorded'));
    again();
  };
  return h('div.card', h('h3', t('guardian.record')),
    form([who, basis, paper, from, until, sees, signs], send, { submit: t('guardian.record'), check: () => required(who, paper, from, until) }));
}
