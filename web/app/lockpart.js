// Where somebody chooses when this phone locks, and with what it opens.

import { h } from './dom.js';
import { form, required, selectField, textField } from './forms.js';
import { canOpen, lockOf, setLock } from './idlelock.js';
import { t } from './texts.js';

const minutes = [0, 1, 5, 10, 30];
export const GOOD = /^\d{6,12}$/;

export async function lockPart(me, done) {
  const [now, opens] = await Promise.all([lockOf(me), canOpen()]);
  const after = selectField('minutes', t('lock.after'), [...new Set([...minutes, now.minutes])].sort((a, b) => a - b).map((n) => [String(n), t(n ? 'lock.minutes' : 'lock.off', { n })]), { value: String(now.minutes) });
  const pin = textField('lock', t(opens ? 'lock.pin.new' : 'lock.pin'), { hint: t('lock.pin.hint'), type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' });
  const check = () => {
    if (after.read() === '0' || (opens && !pin.read())) return [];
    return pin.read() && !GOOD.test(pin.read()) ? [[pin, t('lock.pin.hint')]] : required(pin);
  };
  const keep = async () => {
    await setLock(Number(after.read()), pin.read(), me.accountId);
    done('lock.set');
  };
  return h('section', h('h2', t('lock.part')), h('p.note', t('lock.what')), h('div.card', form([after, pin], keep, { check })));
}
