// Shown while a screen is on its way, and when it can't be had.

import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { problemWords } from '../problems.js';

export const waitScreen = () => ({ title: t('wait.title'), body: [] });

export const failureScreen = (problem, again) => ({
  title: t('failure.title'),
  body: [
    h('div.card', h('p', problemWords(problem)), h('p.note', t('failure.help'))),
    button(t('failure.again'), again),
  ],
});
