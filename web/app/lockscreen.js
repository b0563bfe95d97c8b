// What a locked phone shows: a way in, and the ways to help. It says nothing of its person but, on
// a phone of several people, the letters that they chose.

import { h, button } from './dom.js';
import { get } from './db.js';
import { form, required, textField } from './forms.js';
import { hospitalOf, openWithCode, openWithPasskey, openWithPIN } from './idlelock.js';
import { passkeysWork } from './passkeys.js';
import { inFront, shared } from './people.js';
import { t, withWords } from './texts.js';

export async function lockScreen(me) {
  const note = h('p', { role: 'status' });
  const pin = textField('pin', t('lock.pin'), { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' });
  const byPIN = async () => {
    const came = await openWithPIN(pin.read());
    if (came !== 'open') note.textContent = t(`lock.${came}`);
    pin.input.value = '';
  };
  const byPasskey = () => openWithPasskey().catch(() => { note.textContent = t('signin.passkey.failed'); });
  const code = textField('totp', t('stepup.totp'), { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '8' });
  const keys = passkeysWork() && (await get('lock-keys'))?.length > 0;
  const hospital = hospitalOf(me);
  const byHospital = async () => {
    const opened = globalThis.open('', '_blank'); // now, in the tap: later a browser opens none
    note.textContent = t('lock.hospital.there');
    try {
      await (await withWords(import('./providers.js'))).proveAgain(hospital, opened);
    } catch {
      opened?.close();
      note.textContent = t('problem.provider-unavailable');
    }
  };
  const several = await shared();
  return h('section', { 'aria-labelledby': 'lock-title' }, h('h1#lock-title', { tabindex: '-1' }, t('lock.title')), h('p.lead', t('lock.lead')),
    several && h('h2', await inFront()),
    (await get('lock'))?.pin && h('div.card', form([pin], byPIN, { submit: t('lock.open'), check: () => required(pin) })),
    (await get('lock-codes')) && h('div.card', form([code], () => openWithCode(code.read(), me.accountId), { submit: t('lock.open'), check: () => required(code) })),
    keys && button(t('way.passkey'), byPasskey, { kind: 'quiet' }),
    hospital && button(t('providers.by', { name: hospital }), byHospital, { kind: 'quiet' }), note,
    h('ul.rows', h('li', h('a.row', { href: '#/help' }, h('span', t('help.title')))),
      several && h('li', h('a.row', { href: '#/people' }, h('span', t('people.another')))),
      me?.patientId && !several && h('li', h('a.row', { href: '#/plan' }, h('span', t('today.plan'))))),
    h('p.note', t('lock.forgot')), h('a.button.quiet.small', { href: '#/enrol' }, t('enrol.send')));
}
