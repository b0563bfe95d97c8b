// "Please show once more that it is you": stands above the screen, whose help and menu
// stay where they are. What was asked for goes on by itself afterwards.

import { h, button } from './dom.js';
import { ask } from './http.js';
import { credentials } from './session.js';
import { form, required, textField } from './forms.js';
import { putFirst, say } from './frame.js';
import { noteKey } from './idlelock.js';
import { answer, passkeysWork } from './passkeys.js';
import { problemWords } from './problems.js';
import { t } from './texts.js';

const send = async (account, path, body) => (await ask('POST', path, { body, ...(await credentials({ account })) })).data;

// Names of the fields are those of the API.
const typed = { pin: 'pin', totp: 'totp', 'recovery-code': 'recoveryCode', word: 'word' };
const props = { pin: { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' },
  totp: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '8' } };

// stepUp ends when the person of an account has shown it, and throws refused when they would not.
/** @returns {Promise<void>} */
export const stepUp = (refused, account) => new Promise((done, no) => {
  const ways = refused.ways.filter((way) => way !== 'passkey' || passkeysWork());
  const end = (then) => {
    removeEventListener('hashchange', leave);
    card.parentElement?.remove();
    then();
  };
  const leave = () => end(() => no(refused));
  const good = () => end(() => {
    say(t('stepup.done'));
    done();
  });
  const place = h('div');
  const open = (way) => {
    place.replaceChildren(way === 'passkey' ? byPasskey(account, good) : byTyping(account, way, good));
    (place.querySelector('input') ?? place.querySelector('button'))?.focus();
  };
  const card = h('section.card', { 'aria-labelledby': 'stepup-title' }, h('h2#stepup-title', t('stepup.title')),
    ways.length === 0 && h('p', t('stepup.none')),
    place,
    h('div.actions', ways.length > 1 && ways.map((way) => button(t(`way.${way}`), () => open(way), { kind: 'quiet.small' })),
      button(t('stepup.not-now'), leave, { kind: 'quiet.small' })));
  addEventListener('hashchange', leave);
  putFirst(card);
  if (ways.length > 0) open(ways[0]);
});

function byPasskey(account, good) {
  const note = h('p', { role: 'status' });
  const go = async () => {
    const late = setTimeout(() => { note.textContent = t('signin.stalled'); }, 8000);
    try {
      const passkey = await answer(await send(account, '/v1/me/step-up/options'));
      await send(account, '/v1/me/step-up', { passkey });
      await noteKey(passkey.id, account);
      good();
    } catch (problem) {
      note.textContent = problem.status === undefined ? t('signin.passkey.failed') : problemWords(problem);
    } finally {
      clearTimeout(late);
    }
  };
  return h('div', button(t('way.passkey'), go), note);
}

function byTyping(account, way, good) {
  const name = typed[way];
  const field = textField(name, t(`stepup.${way}`), { spellcheck: 'false', autocomplete: 'off', ...props[way] });
  return form([field], async () => {
    await send(account, '/v1/me/step-up', { [name]: field.read() });
    good();
  }, { submit: t('stepup.go'), check: () => required(field) });
}
