// The hospital's own sign-in, for people who work here. The browser goes there and
// comes back to #/arrived; a cookie ties the two together, so these calls carry it.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { ask } from './http.js';
import { call, read } from './api.js';
import { date } from './format.js';
import { sayNext } from './frame.js';
import { form, required, selectField, textField } from './forms.js';
import { device, enter, stamped } from './session.js';

const known = async () => (await ask('GET', '/v1/auth/providers')).data.providers ?? [];

const follow = ({ authorizeUrl }) => location.assign(authorizeUrl);

// providerButtons is a place for the sign-in page that fills itself. It holds nothing up
// and stays empty without a network.
export function providerButtons() {
  const place = h('div');
  known().then((list) => list.length > 0 && place.append(h('div.card', h('h2', t('providers.title')), h('p.note', t('providers.for-staff')),
    h('div.actions', list.map((p) => action(t('providers.by', { name: p.name }), () => begin(p.id), { kind: 'quiet' })))))).catch(() => {});
  return place;
}

async function begin(id) {
  follow(await enter(`/v1/auth/providers/${id}/begin`, { device: await device((await device()).name ?? t('providers.device')) }, { cookies: true }));
}

// proveAgain has the hospital ask anew, in a window of its own: what was typed stays where it
// is. opened: that window; without one it is this one.
export async function proveAgain(name, opened) {
  const one = (await known()).find((p) => p.name === name);
  if (!one) throw new Error();
  const { authorizeUrl } = (await call('POST', `/v1/me/providers/${one.id}/prove`, { cookies: true })).data;
  (opened ?? globalThis).location.assign(authorizeUrl);
}

// finish gives what the way to the hospital led to: {signIn}, {linked: true} or {proved: account}. It shows
// the key that the way began with.
export async function finish() {
  const { linked, proved, accountId, signIn, key } = await enter('/v1/auth/providers/finish', undefined, { cookies: true });
  return linked || proved ? { linked, proved: proved && (accountId ?? 'nobody') } : { signIn: { ...stamped(signIn), ...(key && { key }) } };
}

const staff = ['clinician', 'coordinator', 'administrator'];

// myProviders ties one's own account to the hospital's sign-in, for people who work here;
// everybody can take a sign-in off again.
export async function myProviders(me, again) {
  const [list, mine] = await Promise.all([staff.includes(me.role) ? known() : [], read('/v1/me/providers')]);
  if (list.length === 0 && mine.ties.length === 0) return null;
  const link = async (id) => follow((await call('POST', `/v1/me/providers/${id}/begin`, { cookies: true })).data);
  const untie = (tie) => async () => {
    await call('DELETE', `/v1/me/providers/${tie.id}`);
    sayNext(t('providers.untied'));
    again();
  };
  return h('section', h('h2', t('providers.mine')),
    mine.ties.length === 0 ? h('p.card', t('providers.none')) : h('ul.cards', mine.ties.map((tie) => h('li.card', h('h3', tie.provider), h('p.note', tie.email ? t('providers.expected', { email: tie.email }) : t('providers.since', { date: date(tie.since) })),
      action(t('providers.untie'), untie(tie), { kind: 'quiet', 'aria-label': t('providers.untie-named', { name: tie.provider }) })))),
    h('div.actions', list.map((p) => action(t('providers.link', { name: p.name }), () => link(p.id), { kind: 'quiet' }))));
}

// accountProviders is for the office: whom the hospital's sign-in lets into an account.
export async function accountProviders(account, again) {
  const [list, { ties }] = await Promise.all([known(), read(`/v1/accounts/${account.id}/provider-ties`)]);
  if (list.length === 0 && ties.length === 0) return null;
  const untie = (tie) => async () => {
    await call('DELETE', `/v1/accounts/${account.id}/provider-ties/${tie.id}`);
    sayNext(t('providers.untied'));
    again();
  };
  return h('section', h('h2', t('providers.mine')),
    h('ul.cards', ties.map((tie) => h('li.card', h('h3', tie.provider), h('p.note', tie.email ? t('providers.expected', { email: tie.email }) : t('providers.since', { date: date(tie.since) })),
      action(t('providers.untie'), untie(tie), { kind: 'quiet', 'aria-label': t('providers.untie-named', { name: tie.provider }) })))),
    list.length > 0 && expect(account, list, again));
}

function expect(account, list, again) {
  const at = selectField('provider', t('providers.which'), list.map((p) => [p.id, p.name]));
  const email = textField('email', t('providers.email'), { hint: t('providers.email.hint'), type: 'email', autocomplete: 'off', maxlength: '320' });
  const send = async () => {
    await call('PUT', `/v1/accounts/${account.id}/expected-sign-ins/${at.read()}`, { body: { email: email.read() } });
    sayNext(t('providers.expects'));
    again();
  };
  return h('div.card', form([at, email], send, { submit: t('providers.expect'), check: () => required(email) }));
}
