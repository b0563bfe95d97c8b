// One account: a code to sign in with, stop and start, the care team of a patient.

import { action } from '../action.js';
import { h, button } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { sayNext } from '../frame.js';
import { waysIn } from '../waysin.js';
import { form, required } from '../forms.js';
import { interpretsField, keepLanguages, resourceOf } from '../interpreters.js';
import { newCode } from '../newcode.js';
import { expectNumber } from '../firebase.js';
import { accountProviders } from '../providers.js';
import { jobOf } from './office.js';

export default async function accountScreen({ params, me, again }) {
  const { data: account, etag } = await call('GET', `/v1/accounts/${encodeURIComponent(params.account)}`);
  const site = (await call('GET', '/v1/auth/providers')).data;
  const other = account.status === 'active' ? 'suspended' : 'active';
  const turn = async () => {
    await call('PUT', `/v1/accounts/${account.id}/status`, { body: { status: other }, etag });
    sayNext(t(`account.now.${other}`));
    again();
  };
  return {
    title: account.name,
    lead: jobOf(account),
    back: [t('menu.office'), '#/office'],
    body: [
      newCode(account),
      account.status === 'active' && (await reachPart(account)),
      await ways(account, me, again),
      me.role === 'administrator' && ['clinician', 'coordinator', 'administrator'].includes(account.role) && (await accountProviders(account, again)),
      ['patient', 'supporter', 'interpreter'].includes(account.role) && site.firebase && expectNumber(account, again),
      account.patientId && h('a.button.quiet', { href: `#/p/${account.patientId}/team` }, t('team.title')),
      account.patientId && me.role === 'administrator' && (await read('/v1/me')).privacyDuty && h('a.button.quiet', { href: `#/office/closed/${account.patientId}` }, t('closed.title.office')),
      account.role === 'clinician' && h('a.button.quiet', { href: `#/hours/${account.id}` }, t('hours.title.other')),
      account.role === 'interpreter' && (await languagesPart(account, again)),
      me.role === 'administrator' && account.role === 'administrator' && officer(account, again),
      account.id !== me.accountId && me.role === 'administrator' && factors(account, again),
      me.role === 'administrator' && ['clinician', 'coordinator', 'administrator'].includes(account.role) && h('a.button.quiet', { href: `#/office/${account.id}/open-work` }, t('openwork.title')),
      account.id !== me.accountId && action(t(`account.make.${other}`), turn, { kind: other === 'active' ? 'quiet' : 'danger' }),
    ],
  };
}

// A coordinator sees the ways in of patients, supporters, guardians and interpreters.
const ways = (account, me, again) =>
  (me.role === 'administrator' || ['patient', 'supporter', 'guardian', 'interpreter'].includes(account.role)) && waysIn(account, again);

// reachPart says what came back, and whether anything reaches this person. No address: that
// is theirs, and they are told too.
async function reachPart(account) {
  const reach = await read(`/v1/accounts/${account.id}/reach`).catch(() => null);
  if (!reach) return null;
  const bad = [reach.emailBounced && 'account.reach.email', reach.phoneBounced && 'account.reach.phone', !reach.reached && 'account.reach.none'].filter(Boolean);
  return bad.length > 0 && h('section.card', h('h2', t('account.reach')), bad.map((words) => h('p.warn', t(words))), h('p.note', t('account.reach.hint')));
}

// languagesPart says what an interpreter can be booked for.
async function languagesPart(account, again) {
  const resource = await resourceOf(account.id);
  const field = interpretsField(resource?.languages);
  const keep = async () => {
    await keepLanguages(account, field.read(), resource);
    sayNext(t('interpreters.saved'));
    await again();
  };
  return h('div.card', form([field], keep, { check: () => required(field) }));
}

// factors takes off what somebody lost and would be asked for, in two taps.
function factors(account, again) {
  const sure = h('div', { hidden: true }, h('p.warn', t('account.factors.sure')), action(t('account.factors.yes'), async () => {
    await call('DELETE', `/v1/accounts/${account.id}/ways`);
    sayNext(t('account.factors.done'));
    again();
  }, { kind: 'danger' }));
  return h('div.card', h('h2', t('account.factors')), h('p.note', t('account.factors.hint')), button(t('account.factors.off'), () => {
    sure.hidden = false;
    sure.querySelector('button').focus();
  }, { kind: 'quiet' }), sure);
}

function officer(account, again) {
  const turn = async () => {
    await call('PUT', `/v1/accounts/${account.id}/privacy-officer`, { body: { on: !account.privacyOfficer } });
    sayNext(t('account.officer.saved'));
    again();
  };
  return h('div.card', h('h2', t('account.officer')), h('p.note', t('account.officer.hint')),
    action(t(account.privacyOfficer ? 'account.officer.off' : 'account.officer.on'), turn, { kind: 'quiet' }));
}
