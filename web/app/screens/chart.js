// Somebody's chart: the parts that may be opened, and whether their phone has the
// newest crisis plan.

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { read } from '../api.js';
import { nameOf } from '../chartback.js';
import { date } from '../format.js';
import { programmeLine } from '../programme.js';
import { callPart } from '../callpatient.js';
import { basisWords, partsOf } from '../guardians.js';
import { desk, deskOf } from '../patientdesk.js';

export default async function chartScreen(ctx) {
  const { me, patientId, api, go } = ctx;
  if (me.role === 'interpreter') return void go('#/interpreting');
  const staff = me.role === 'clinician';
  const acts = me.role === 'guardian' && (await read(api('guardians'))).items[0];
  const books = me.role === 'coordinator';
  const parts = books ? ['visits', 'access', 'team'] : staff ? ['care-plan', 'handoffs', 'meetings', 'disagreements', 'messages', 'worries', 'visits', 'access', 'intake', 'referrals', 'goals', 'medicines', 'check-ins', 'plan', 'state', 'given', 'team', 'reached'] : acts ? partsOf(acts) : ['messages', 'visits', 'goals', 'check-ins', 'plan'];
  const [name, phones, programme, known, mark] = await Promise.all([nameOf(patientId), staff ? phonesOf(api) : [], staff && programmeLine(api), staff && deskOf(ctx), (staff || books) && closedMark(api)]);
  if (known) return deskScreen(ctx, known, { name, phones, programme, parts, mark });
  return {
    title: name,
    back: [t(staff ? 'menu.patients' : books ? 'menu.team' : 'menu.people'), '#/patients'],
    body: [
      acts && h('div.card', basisWords(acts)),
      mark,
      programme,
      h('ul.rows', parts.map((part) => h('li', h('a.row', { href: `#/p/${patientId}/${part}` }, h('span', t(`chart.${part}`)), icon('on'))))),
      staff && h('div.actions', h('a.button.quiet', { href: `#/p/${patientId}/alert` }, t('raise.title')), h('a.button.quiet', { href: `#/p/${patientId}/tasks/new` }, t('newtask.title'))),
      (staff || books) && await callPart(patientId),
      staff && phonesPart(phones),
    ],
  };
}

// deskScreen is for a clinician of the team: the parts as one line of links, then all at once.
async function deskScreen({ patientId, ...ctx }, known, { name, phones, programme, parts, mark }) {
  const at = (part) => `#/p/${patientId}/${part}`;
  const nav = h('nav.parts', { 'aria-label': t('desk.parts') }, h('ul', parts.map((part) => h('li', h('a', { href: at(part) }, t(`chart.${part}`))))));
  const above = matchMedia('(min-width: 62rem)').matches; // on a phone what waits comes first
  return {
    title: name, wide: true, back: [t('menu.patients'), '#/patients'],
    body: [
      mark,
      above && nav,
      programme,
      desk(known, { patientId, ...ctx }, [
        h('div.actions', h('a.button.quiet', { href: at('alert') }, t('raise.title')), h('a.button.quiet', { href: at('tasks/new') }, t('newtask.title'))),
        await callPart(patientId), phonesPart(phones)]),
      !above && nav,
    ],
  };
}

const phonesPart = (phones) => h('section', h('h2', t('chart.phones')),
  phones.length === 0 ? h('p.card', t('chart.no-phone')) : h('ul.cards', phones.map(phoneCard)));

// closedMark says that colleagues can't read this chart; without it nothing is said.
async function closedMark(api) {
  const is = await read(api('restriction')).catch(() => null);
  return is?.on && h('p.warn', t('closed.mark.long', { names: is.readers.map((p) => p.name).join(', ') }));
}

async function phonesOf(api) {
  try {
    return (await read(api('crisis-plan/devices'))).items;
  } catch (problem) {
    if (problem.status === 404 || problem.status === 403) return [];
    throw problem;
  }
}

const phoneCard = (phone) => h('li.card', h('h3', phone.deviceName),
  h('p', t('chart.holds', { holds: phone.holds, newest: phone.newest })),
  phone.holds < phone.newest && h('p.warn', t('chart.stale')),
  phone.since && h('p.note', t('chart.holds.since', { date: date(phone.since) })));
