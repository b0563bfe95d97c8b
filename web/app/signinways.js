// The ways to sign in, as words and no form: who taps one gets what it needs. The
// passkeys of this phone are offered meanwhile, where the browser can.

import { h, fill, button } from './dom.js';
import { get } from './db.js';
import { form, required, textField } from './forms.js';
import { passkeyOffer } from './passkeyoffer.js';
import { passkeysWork } from './passkeys.js';
import { problemWords } from './problems.js';
import { comeBack, device, enter } from './session.js';
import { t } from './texts.js';

// signInWays gives an element. codeForm makes the form for the clinic's code; arrived
// gets a sign-in that is not kept yet, and what is known of its way.
export async function signInWays({ codeForm, arrived, open }) {
  const back = (await get('has-pin')) && ((await get('past')) ?? (await get('back')));
  const place = h('div');
  const note = h('p', { role: 'status' });
  const fail = (problem) => { note.textContent = problem.status === undefined ? t('signin.passkey.failed') : problemWords(problem); };
  const offer = passkeysWork() && passkeyOffer({
    arrived: async (passkey) => arrived(await enter('/v1/auth/passkey', { passkey, device: await named() }), { passkey: passkey.id }),
    failed: fail,
    stalled: () => { note.textContent = t('signin.stalled'); },
  });
  if (offer) addEventListener('hashchange', () => offer.stop(), { once: true });
  const show = (make) => () => {
    offer && offer.rest();
    note.textContent = '';
    fill(place, make());
    place.querySelector('input')?.focus();
  };
  const ways = [
    back && ['pin', show(() => pinForm(arrived))],
    offer && ['passkey', () => {
      fill(place);
      note.textContent = '';
      offer.press(); // not waited for: who taps again begins again
    }],
    ['code', show(codeForm)],
    ['recovery-code', show(() => recoveryForm(arrived))],
  ].filter(Boolean);
  if (open) show(codeForm)();
  return h('div', h('div.card', h('p', t('signin.how')),
    h('div.actions', ways.map(([way, act], i) => button(t(`way.${way}`), act, { kind: i === 0 && !open ? 'main' : 'quiet' }))), note), place);
}

const named = async () => device((await device()).name ?? t('enrol.device.default'));

function pinForm(arrived) {
  const pin = textField('pin', t('signin.pin'), { hint: t('signin.pin.forgot'), type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' });
  return h('div.card', form([pin], async () => arrived(await comeBack(pin.read())), { submit: t('enrol.send'), check: () => required(pin) }));
}

function recoveryForm(arrived) {
  const code = textField('code', t('signin.recovery'), { hint: t('signin.recovery.hint'), autocapitalize: 'characters', autocomplete: 'off', spellcheck: 'false', maxlength: '20' });
  const send = async () => arrived(await enter('/v1/auth/recovery-code', { code: code.read(), device: await named() }));
  return h('div.card', form([code], send, { submit: t('enrol.send'), check: () => required(code) }));
}
