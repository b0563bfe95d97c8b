// The office: who has an account.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { all, read } from '../api.js';
import { waysOffer } from '../waysoffer.js';
import { firebaseAgreement } from '../firebase.js';

export const roles = ['patient', 'supporter', 'guardian', 'interpreter', 'partner', 'clinician', 'coordinator', 'administrator'];

// everyone lists all accounts; the server lists them by role.
export const everyone = async () => (await Promise.all(roles.map((role) => all(`/v1/accounts?role=${role}&limit=100`)))).flat();

export default async function officeScreen({ me, again }) {
  const [accounts, duty, { privacyDuty }] = await Promise.all([everyone(), read('/v1/duty').catch(() => null), read('/v1/me')]);
  const alone = me.role === 'administrator' && accounts.filter((a) => a.role === 'administrator' && a.status === 'active').length < 2;
  return {
    title: t('menu.office'), wide: true,
    body: [
      alone && h('p.warn', t('office.alone')),
      duty?.holes.length > 0 && h('p.warn', t('office.holes', { n: duty.holes.length }), ' ', h('a.link', { href: '#/duty' }, t('menu.duty'))),
      h('div.links',
        h('a.button.main', { href: '#/office/today' }, t('gaps.title')),
        h('a.button.quiet', { href: '#/office/new' }, t('newaccount.title')),
        h('a.button.quiet', { href: '#/office/import' }, t('import.title')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/set-up' }, t('setup.title')),
        h('a.button.quiet', { href: '#/office/rooms' }, t('rooms.title')),
        h('a.button.quiet', { href: '#/office/sending' }, t('sending.title')),
        privacyDuty && h('a.button.quiet', { href: '#/office/emergencies' }, t('glasses.title')),
        privacyDuty && h('a.button.quiet', { href: '#/office/closed' }, t('closed.charts')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/alert-settings' }, t('alerts.title')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/alert-drills' }, t('drill.title')),
        h('a.button.quiet', { href: '#/office/partners' }, t('partners.title')),
        h('a.button.quiet', { href: '#/guidelines' }, t('guidelines.title')),
        h('a.button.quiet', { href: '#/office/minors' }, t('minors.title')),
        h('a.button.quiet', { href: '#/duty' }, t('menu.duty')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/message-settings' }, t('norms.title')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/my-day' }, t('menu.myday')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/office/apps' }, t('officeapps.title')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/caseload' }, t('caseload.title')),
        me.role === 'administrator' && h('a.button.quiet', { href: '#/alert-report' }, t('load.title'))),
      me.role === 'administrator' && (await firebaseAgreement(again)),
      h('div.groups', roles.map((role) => group(role, accounts.filter((a) => a.role === role)))),
      waysOffer(me),
    ],
  };
}

const group = (role, accounts) => accounts.length > 0 && h('section', h('h2', t(`roles.${role}`)),
  h('ul.rows', accounts.map((a) => h('li', h('a.row', { href: `#/office/${a.id}` },
    h('span', a.name, h('span.note', jobOf(a))), icon('on'))))));

export const jobOf = (account) =>
  [account.discipline ? t(`discipline.${account.discipline}`) : t(`role.${account.role}`),
    account.privacyOfficer && t('account.officer'), account.status === 'suspended' && t('account.suspended')].filter(Boolean).join(' · ');
