// Pages that may help now: what somebody names, and what their last check-in told.

import { h, fill } from './dom.js';
import { t } from './texts.js';
import { icon } from './icons.js';
import { codeOf } from './pagecode.js';
import { helpsIn, mine, modules } from './learn.js';
import { helpCard } from './learnsearch.js';
import { selectField } from './forms.js';

const named = {
  patient: ['strong-craving', 'after-use', 'after-break', 'poor-sleep', 'new-medicine', 'loss', 'work-goal'],
  supporter: ['fears-overdose', 'fears-suicide', 'own-strain', 'loss'],
};
const ofADay = ['after-use', 'strong-craving', 'poor-sleep'];

export const rows = (list) => h('ul.rows', list.map(([m, note]) => h('li', h('a.row', { href: `#/learn/${codeOf(m.id)}` },
  h('span', { lang: m.language, dir: m.direction }, m.title, note && h('span.note', note)), icon('on')))));

// because is pages with the situation that each is for.
export function because(suggestions, all) {
  const found = suggestions.map((s) => [all.find((m) => m.id === s.module), t(`learn.because.${s.for}`)]).filter(([m]) => m);
  return found.length > 0 && h('section', h('h2', t('learn.suggested')), rows(found));
}

// namePart lets somebody say what it is about for them; null for who is not asked. What
// they choose is kept nowhere. A fear for somebody's life brings the numbers first.
export function namePart(me, all) {
  const situations = named[me?.role];
  if (!situations) return null;
  const out = h('div', { 'aria-live': 'polite' });
  const field = selectField('situation', t('learn.now'), [['', t('learn.now.none')], ...situations.map((s) => [s, t(`learn.now.${s}`)])], { hint: t('learn.now.hint') });
  let turn = 0;
  field.input.addEventListener('change', async () => {
    const situation = field.read();
    const fears = situation.startsWith('fears-') && helpCard();
    const mine = ++turn;
    fill(out, fears);
    if (!situation) return;
    const has = await helpsIn(situation);
    if (mine !== turn) return;
    const list = has?.suggestions.filter((s) => s.for === situation) ?? [];
    fill(out, fears, has ? because(list, all) || h('p.card', t('learn.now.nothing')) : h('p.card', t('learn.now.away')));
  });
  return h('div.card', field.el, out);
}

// afterCheckIn shows what may help with what a check-in told, once the server has it.
export async function afterCheckIn(into) {
  const has = await mine();
  const list = has?.suggestions.filter((s) => ofADay.includes(s.for)) ?? [];
  if (list.length > 0 && into.isConnected) fill(into, because(list, await modules()));
}
