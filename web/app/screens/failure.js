// Shown while a screen is on its way, and when it can't be had. A patient finds the
// numbers on it.

import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { calls } from '../callcard.js';
import { linesNow } from '../numbers.js';
import { problemWords } from '../problems.js';

export const waitScreen = () => ({ title: t('wait.title'), body: [] });

export const failureScreen = (problem, again, me) => ({
  title: t('failure.title'),
  body: [
    h('div.card', h('p', problemWords(problem)), h('p.note', t('failure.help'))),
    button(t('failure.again'), again),
    (!me || me.role === 'patient') && h('section.card.help-card', { 'aria-label': t('help.numbers') }, h('div', calls(linesNow()))),
  ],
});
