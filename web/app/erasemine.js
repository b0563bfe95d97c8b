// How family and friends close their account, and erase what is theirs. Two taps.

import { action } from './action.js';
import { h, button } from './dom.js';
import { call } from './api.js';
import { signOut } from './session.js';
import { sayNext } from './frame.js';
import { t } from './texts.js';

export function eraseMine(me, go) {
  const ask = h('div', { hidden: true }, h('p.warn', t('erase.what')), action(t('erase.yes'), async () => {
    await call('POST', '/v1/me/erasure', { body: { really: true } });
    await signOut(me.accountId).catch(() => {});
    sayNext(t('erase.done'));
    go('#/enrol');
  }, { kind: 'danger' }));
  const first = button(t('erase.title'), () => {
    [ask.hidden, first.hidden] = [false, true];
    ask.querySelector('button').focus();
  }, { kind: 'quiet' });
  return h('div.card', first, ask);
}
