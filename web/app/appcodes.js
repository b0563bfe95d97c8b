// An app that shows codes of six digits (TOTP), for people who work for the clinic.

import { action } from './action.js';
import { h } from './dom.js';
import { drawing } from './qr.js';
import { call } from './api.js';
import { form, required, textField } from './forms.js';
import { t } from './texts.js';

export function appCodes(ways, done) {
  const place = h('div');
  const begin = async () => {
    const { data } = await call('POST', '/v1/me/totp');
    const code = textField('code', t('stepup.totp'), { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '8' });
    place.replaceChildren(h('p', t('ways.totp.scan')), drawing(data.qr, t('ways.totp.qr')), h('p', h('a.link', { href: data.uri }, t('ways.totp.here'))),
      h('p', t('ways.totp.type')), h('p.code.small', { dir: 'ltr' }, data.secret.replace(/(.{4})(?=.)/g, '$1 ')),
      form([code], async () => {
        await call('POST', '/v1/me/totp/confirm', { body: { code: code.read() } });
        done('ways.added');
      }, { submit: t('ways.totp.confirm'), check: () => required(code) }));
  };
  const remove = async () => {
    await call('DELETE', '/v1/me/totp');
    done('ways.removed');
  };
  return h('section', h('h2', t('ways.totp')), h('p.note', t('ways.totp.what')),
    h('div.card', ways.totp && h('p', t('ways.totp.on')), ways.totp?.locked && h('p.warn', t('ways.locked')),
      action(t(ways.totp ? 'ways.totp.anew' : 'ways.totp.add'), begin, { kind: 'quiet' }), place,
      ways.totp && action(t('ways.totp.remove'), remove, { kind: 'quiet' })),
    wordPart());
}

// A colleague's word, where somebody's own way is not at hand in an emergency.
function wordPart() {
  const place = h('div', { role: 'status' });
  const give = async () => {
    const { data } = await call('POST', '/v1/me/step-up/words');
    place.replaceChildren(h('p', t('ways.word.say')), h('p.code', { dir: 'ltr' }, data.word));
  };
  return h('div.card', h('p.note', t('ways.word.what')), action(t('ways.word'), give, { kind: 'quiet' }), place);
}
