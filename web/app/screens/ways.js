// The ways by which this person can sign in: what is there, what can be added, what can
// be taken off. Devices that are signed in are beside it.

import { action } from '../action.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { putOwn } from '../db.js';
import { date } from '../format.js';
import { form, required, textField } from '../forms.js';
import { device } from '../session.js';
import { sayNext } from '../frame.js';
import { make, passkeysWork, tidy } from '../passkeys.js';
import { offerDone } from '../waysoffer.js';
import { noteKey } from '../idlelock.js';
import { lockPart } from '../lockpart.js';
import { appCodes } from '../appcodes.js';

export default async function waysScreen({ again, me }) {
  const ways = await read('/v1/me/ways');
  tidy(ways.signal);
  await offerDone();
  await putOwn('has-pin', Boolean(ways.pin), me.accountId); // what the sign-in offers on this phone
  const done = (words) => {
    sayNext(t(words));
    again();
  };
  const part = { passkey: passkeys, pin: pinPart, totp: appCodes, 'recovery-codes': recoveryPart };
  return {
    title: t('ways.title'),
    lead: t('ways.lead'),
    back: [t('menu.more'), '#/more'],
    body: [ways.secondFactorFrom && h('p.note', t('ways.from', { date: date(ways.secondFactorFrom) })),
      ...ways.offered.map((name) => part[name](ways, done, me)),
      globalThis.crypto?.subtle && (await lockPart(me, done)),
      h('ul.rows', h('li', h('a.row', { href: '#/devices' }, h('span', t('more.devices')), icon('on'))))],
  };
}

function passkeys(ways, done, me) {
  return h('section', h('h2', t('ways.passkeys')), h('p.note', t('ways.passkeys.what')),
    ways.passkeys.length > 0 && h('ul.cards', ways.passkeys.map((one) => passkeyCard(one, done, me))),
    passkeysWork() && action(t('ways.passkeys.add'), async () => {
      const name = (await device()).name ?? t('enrol.device.default');
      const begun = (await call('POST', '/v1/me/passkeys/options')).data;
      let made;
      try {
        made = await make(begun);
      } catch {
        return done('ways.passkeys.not-made'); // the person said no, or the phone did
      }
      await call('POST', '/v1/me/passkeys', { body: { name, ...made }, as: me.accountId });
      await noteKey(made.id, me.accountId);
      done('ways.added');
    }));
}

function passkeyCard(one, done, me) {
  const holder = h('div');
  const rename = () => {
    const name = textField('name', t('ways.name'), { value: one.name, maxlength: '100' });
    holder.replaceChildren(form([name], async () => {
      await call('PUT', `/v1/me/passkeys/${one.id}/name`, { body: { name: name.read() } });
      done('ways.renamed');
    }, { check: () => required(name) }));
    name.focus();
  };
  const remove = async () => {
    const { data } = await call('DELETE', `/v1/me/passkeys/${one.id}`);
    await noteKey(one.credentialId, me.accountId, true);
    await tidy(data.signal, one.credentialId);
    done('ways.removed');
  };
  return h('li.card', h('h3', one.name), h('p.note', t('ways.since', { date: date(one.createdAt) })), one.synced && h('p.note', t('ways.synced')),
    h('div.actions', action(t('ways.rename'), rename, { kind: 'quiet.small', 'aria-label': t('ways.rename-named', { name: one.name }) }),
      action(t('ways.remove'), remove, { kind: 'quiet.small', 'aria-label': t('ways.remove-named', { name: one.name }) })), holder);
}

function pinPart(ways, done) {
  const pin = textField('pin', t('ways.pin.new'), { hint: t('ways.pin.hint'), type: 'password', inputmode: 'numeric', autocomplete: 'new-password', maxlength: '12' });
  const set = async () => {
    await call('PUT', '/v1/me/pin', { body: { pin: pin.read() } });
    done('ways.pin.set');
  };
  const remove = async () => {
    await call('DELETE', '/v1/me/pin');
    done('ways.removed');
  };
  return h('section', h('h2', t('way.pin')), h('p.note', t('ways.pin.what')),
    h('div.card', ways.pin?.locked && h('p.warn', t('ways.locked')),
      form([pin], set, { submit: t(ways.pin ? 'ways.pin.change' : 'ways.pin.add'), check: () => required(pin) }),
      ways.pin && action(t('ways.pin.remove'), remove, { kind: 'quiet' })));
}

function recoveryPart(ways) {
  const place = h('div', { role: 'status' });
  const codes = async () => {
    const { data } = await call('POST', '/v1/me/recovery-codes');
    place.replaceChildren(h('p.warn', t('ways.recovery.once')), h('ul.plain', data.codes.map((code) => h('li', h('span.code', { dir: 'ltr' }, code)))));
  };
  return h('section', h('h2', t('ways.recovery')), h('p.note', t('ways.recovery.what')),
    h('div.card', ways.recoveryCodes > 0 && h('p', t('ways.recovery.left', { n: ways.recoveryCodes })),
      action(t('ways.recovery.make'), codes, { kind: 'quiet' }), place));
}
