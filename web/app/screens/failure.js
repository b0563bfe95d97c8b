// Shown while a screen is on its way, and when it can't be had. A patient finds the
// numbers on it.

import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { home } from '../home.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { problemWords } from '../problems.js';

export const waitScreen = () => ({ title: t('wait.title'), body: [] });

// What is not there, and what is not open to who asks, look the same and lead back: trying
// again would change nothing.
export const failureScreen = (problem, again, me) => ({
  title: t(problem.status === 404 ? 'failure.none' : 'failure.title'),
  body: [
    h('div.card', h('p', problem.status === 404 ? t('failure.none.why') : problemWords(problem)), h('p.note', t('failure.help'))),
    me && (problem.status === 404 || problem.status === 403) ? h('a.button.main', { href: home(me.role) }, t('failure.home')) : button(t('failure.again'), again),
    (!me || me.role === 'patient') && h('section.card.help-card', { 'aria-label': t('help.numbers') }, h('div', calls(linesNow()))),
  ],
});
