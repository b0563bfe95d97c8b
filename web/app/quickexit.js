// The quick way out: shows a page that says nothing about the person.

import { h, button } from './dom.js';
import { t } from './texts.js';

const ELSEWHERE = 'https://www.wikipedia.org/';

// The page is emptied first: what comes next may be slow.
export function quickExit({ hint = false } = {}) {
  const leave = () => {
    document.body.replaceChildren();
    location.replace(navigator.onLine ? ELSEWHERE : 'about:blank');
  };
  return h('div.exit', button(t('help.exit'), leave, { kind: 'quiet.small' }), hint && h('span.note', t('help.exit.hint')));
}
