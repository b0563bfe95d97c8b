// The search of Learn. Words that may mean a life in danger bring the numbers to call above
// all else, as they are typed: before anything is found, and whether or not it is. Nothing
// of what was typed is kept: no list of earlier words, nothing in an address, and the
// browser is asked to keep none.

import { h, fill } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { packHere, search } from './learn.js';
import { codeOf } from './pagecode.js';
import { calls } from './callcard.js';
import { linesNow } from './numbers.js';
import { crisis } from './search/crisis.js';
import { textField } from './forms.js';

// searchPart is the field with what it finds; rest is what stands below while nothing is
// looked for.
export function searchPart(all, rest) {
  const help = h('div', { 'aria-live': 'polite' });
  const out = h('div');
  const count = h('p.note', { 'aria-live': 'polite' });
  const field = textField('search', t('learn.search'), { type: 'search', hint: t('learn.search.hint.sent'), maxlength: '200', autocomplete: 'off', autocorrect: 'off', autocapitalize: 'off', spellcheck: 'false', dir: 'auto', enterkeyhint: 'search' });
  packHere().then((is) => { if (is) document.getElementById(`${field.input.id}-hint`)?.replaceChildren(t('learn.search.hint')); }).catch(() => {});
  const pinned = (typed) => {
    const needed = crisis(typed);
    if (needed !== help.hasChildNodes()) fill(help, needed && helpCard());
  };
  let turn = 0;
  const look = async () => {
    const typed = field.read();
    const mine = ++turn;
    pinned(typed);
    const found = typed.length > 1 ? await search(typed, all) : [];
    if (mine !== turn) return; // a newer word is under way
    rest.hidden = found?.length > 0;
    fill(out, typed.length > 1 && shown(found));
    fill(count, typed.length > 1 && found?.length > 0 && t('learn.search.count', { n: found.length }));
  };
  field.input.addEventListener('input', look);
  const el = h('form.card', { role: 'search', onsubmit: (event) => { event.preventDefault(); look(); } }, field.el, count);
  return h('div', help, el, out);
}

const toHelp = () => h('p', h('a.button', { href: '#/help' }, t('learn.search.help')));

// helpCard is the numbers to call, for who may be in danger.
export const helpCard = () => h('section.card.help-card', { 'aria-label': t('help.numbers') }, h('h2', t('learn.search.first')), calls(linesNow()), toHelp());

function shown(found) {
  if (!found) return h('p.card', t('learn.search.away'));
  if (found.length === 0) {
    return h('div.card', h('p', t('learn.search.none')), h('p.note', t('learn.search.none.more')), toHelp());
  }
  return h('section', h('h2', t('learn.search.found')), h('ul.rows', found.map(({ page, why }) => h('li', h('a.row', { href: `#/learn/${codeOf(page.id)}` },
    h('span', h('span', { lang: page.language, dir: page.direction }, page.title), h('span.note', t('learn.search.why', { words: because(why) }))), icon('on'))))));
}

// because is the words that led to a page; those that stand for others say for which.
function because(why) {
  return why.map(({ typed, found }) => (same(typed, found) ? typed : `${typed} (${found})`)).map((words) => `\u2068${words}\u2069`).join(' · ');
}

const same = (typed, found) => typed === found || found.startsWith(typed.slice(0, 4)) || typed.startsWith(found.slice(0, 4));
