// The care team of one patient: who is on it, put somebody on it, take somebody off.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { date } from '../format.js';
import { checkField, form, required, selectField } from '../forms.js';
import { sayNext } from '../frame.js';
import { everyone, jobOf } from './office.js';
import { nameOf } from '../chartback.js';
import { programmeForm } from '../programme.js';
import { guardiansPart } from '../guardians.js';
import { needsNote } from './access.js';
import { lendingPart } from '../lending.js';

export default async function teamScreen({ api, me, again, patientId }) {
  const office = me.role === 'coordinator' || me.role === 'administrator';
  const [patient, { data: { items: team }, etag }] = await Promise.all([
    me.role === 'guardian' ? nameOf(patientId).then((name) => ({ name })) : read(`/v1/patients/${patientId}`), call('GET', api('care-team'))]);
  return {
    title: t('team.title'),
    lead: patient.name,
    back: office ? [t('menu.team'), '#/patients'] : [patient.name, `#/p/${patientId}`],
    body: [
      team.length === 0 && h('p.card', t('team.none')),
      h('ul.cards', team.map((member) => memberCard(member, { office, leads: team.some((m) => m.lead && m.accountId === me.accountId), led: team.some((m) => m.lead && m !== member) }, api, etag, again))),
      office && h('div.actions', h('a.button.quiet', { href: `#/p/${patientId}/alert` }, t('raise.title'))),
      office && [await needsNote({ api }), h('p', h('a.link', { href: `#/p/${patientId}/access` }, t('access.open')))],
      office && (await programmeForm({ api, again })),
      office && (await joinForm(team, api, etag, again)),
      office && (await relatedForm(api, again)),
      office && (await lendingPart({ api, again })),
      office && (await guardiansPart({ api, again, people: await everyone() })),
    ],
  };
}

// memberCard shows one of the team. Where somebody leads it, the office asks them to let
// somebody go, and it goes on until they say yes; what can't wait ends at once.
function memberCard(member, { office, leads, led }, api, etag, again) {
  const asks = led && !member.endAsked;
  const takeOff = (atOnce) => async () => {
    await call('DELETE', api(`care-team/${member.accountId}${atOnce ? '?atOnce=true' : ''}`), { etag });
    sayNext(t(asks && !atOnce ? 'team.end.sent' : 'team.left'));
    again();
  };
  const answer = (ends) => async () => {
    await call('POST', api(`care-team/${member.accountId}/end`), { body: { ends } });
    sayNext(t(ends ? 'team.left' : 'team.end.stays'));
    again();
  };
  return h('li.card', h('h2', member.name),
    h('p', t(member.discipline ? `discipline.${member.discipline}` : `role.${member.role}`), member.lead && ` · ${t('team.lead')}`),
    h('p.note', t('team.since', { date: date(member.since) })),
    member.endAsked && h('p.warn', t('team.end.asked', { name: member.endAsked.name, date: date(member.endAsked.at) })),
    leads && member.endAsked && h('div.actions', action(t('team.end.yes', { name: member.name }), answer(true), { kind: 'main' }), action(t('team.end.no', { name: member.name }), answer(false), { kind: 'quiet' })),
    office && !member.endAsked && action(t(led ? 'team.end.ask' : 'team.take-off'), takeOff(false), { kind: 'quiet', 'aria-label': t(led ? 'team.end.ask-named' : 'team.take-off-named', { name: member.name }) }),
    office && led && h('details', h('summary', t('team.end.now')), h('p', t('team.end.now.hint')), action(t('team.take-off'), takeOff(true), { kind: 'danger', 'aria-label': t('team.take-off-named', { name: member.name }) })));
}

async function joinForm(team, api, etag, again) {
  const staff = (await everyone()).filter((a) => ['clinician', 'coordinator'].includes(a.role) && !team.some((m) => m.accountId === a.id));
  if (staff.length === 0) return null;
  const who = selectField('accountId', t('team.who'), [['', t('share.choose')], ...staff.map((a) => [a.id, `${a.name} (${jobOf(a)})`])]);
  const lead = checkField('lead', t('team.lead'));
  const send = async () => {
    await call('PUT', api(`care-team/${who.read()}`), { body: { lead: lead.read() }, etag });
    sayNext(t('team.joined'));
    again();
  };
  return h('div.card', h('h2', t('team.add')), form([who, lead], send, { submit: t('team.add'), check: () => required(who) }));
}

const relationships = ['parent', 'partner', 'child', 'sibling', 'other-family', 'friend', 'sponsor', 'other'];

// Family and friends are put here by the office so that the patient can choose
// them when they share. It opens nothing.
async function relatedForm(api, again) {
  const people = (await everyone()).filter((a) => a.role === 'supporter');
  if (people.length === 0) return null;
  const who = selectField('accountId', t('team.who'), [['', t('share.choose')], ...people.map((a) => [a.id, a.name])]);
  const how = selectField('relationship', t('team.relationship'), relationships.map((r) => [r, t(`relationship.${r}`)]), { value: 'friend' });
  const send = async () => {
    await call('PUT', api(`related-people/${who.read()}`), { body: { relationship: how.read() } });
    sayNext(t('team.related.added'));
    again();
  };
  return h('div.card', h('h2', t('team.related')), h('p.note', t('team.related.hint')),
    form([who, how], send, { submit: t('team.related.add'), check: () => required(who) }));
}
