// What visit somebody wants, before it has a time: the kind, who comes and how. It
// lives as long as the page; an address would tell who goes to whom.

import { all, call } from './api.js';
import { uuid7 } from './uuid.js';

const wanted = new Map();
const key = (patientId, kind) => `${patientId} ${kind.id}`;

// wish gives what is wanted of a kind: {modality, who: [account ids], language}. It
// begins with those who usually come, by the way and with the interpreter that the patient
// needs (models/access); languages are those for which one can be booked.
export function wish(patientId, kind, team, needs = {}, languages = []) {
  return wanted.get(key(patientId, kind)) ?? { modality: needs.offers?.find((m) => kind.modalities.includes(m)) ?? kind.modalities[0],
    who: usual(kind, team).flat().map((m) => m.accountId), language: languages.includes(needs.interpreter) ? needs.interpreter : '' };
}

export const setWish = (patientId, kind, is) => wanted.set(key(patientId, kind), is);

export const clinicians = (team) => team.filter((m) => m.role === 'clinician' && m.discipline);

// usual lists, for each part of a kind, who of the team can play it; a part that
// nobody can play is left out.
export const usual = (kind, team) => (kind.with ?? [])
  .map((d) => clinicians(team).filter((m) => m.discipline === d)).filter((part) => part.length > 0);

// rolesOf are the parts of the visit as the server wants them. Two of the same
// profession who usually come stand for each other; people chosen by name all come.
export function rolesOf(is, kind, team) {
  const people = clinicians(team).filter((m) => is.who.includes(m.accountId));
  const parts = new Map();
  for (const m of people) parts.set(m.discipline, [...(parts.get(m.discipline) ?? []), m.accountId]);
  /** @type {any[]} */
  const roles = [...parts].map(([discipline, who]) => ({
    key: discipline, who, ...((kind.with ?? []).includes(discipline) && who.length > 1 && !is.named ? { need: 1 } : {}) }));
  if (is.language) roles.push({ key: 'interpreter', kind: 'resource', language: is.language, need: 1 });
  return roles;
}

// askOf is the visit without its time.
export const askOf = (is, kind, team) => ({ visitType: kind.id, modality: is.modality, roles: rolesOf(is, kind, team) });

const roleText = (r) => [`key=${r.key}`, r.kind && `kind=${r.kind}`, r.who?.length && `who=${r.who.join('|')}`, r.discipline && `discipline=${r.discipline}`,
  r.language && `language=${r.language}`, r.need && `need=${r.need}`, r.offsetMinutes && `from=${r.offsetMinutes}`, r.minutes && `minutes=${r.minutes}`,
  r.optional && 'optional'].filter(Boolean).join(';');

// slotsPath is the search for times of an ask, from now for some days. instead is a
// visit that is to be moved: its own time counts as free.
/** @param {string} patientId @param {any} ask @param {number} days @param {{ instead?: any, suiting?: any, now?: Date }} [more] */
export function slotsPath(patientId, ask, days, { instead, suiting, now = new Date() } = {}) {
  const to = new Date(now.getTime() + days * 86_400_000);
  const query = new URLSearchParams({ patientId, visitType: ask.visitType, modality: ask.modality, from: now.toISOString(), to: to.toISOString(), limit: '40' });
  if (instead) query.set('instead', instead);
  if (suiting) query.set('suiting', 'true');
  if (ask.site) query.set('site', ask.site);
  if (ask.travelMinutes) query.set('travelMinutes', ask.travelMinutes);
  ask.roles.forEach((r) => query.append('role', roleText(r)));
  return `/v1/slots?${query}`;
}

// hold keeps a time for five minutes, and gives the id of the visit that it will be.
export async function hold(patientId, ask, start) {
  const id = uuid7();
  await call('POST', '/v1/appointments/holds', { body: { id, patientId, start, ...ask } });
  return id;
}

export const teamOf = (api) => all(api('care-team'));

// A time that was tapped for a visit elsewhere, to be asked about on its page.
const chosen = new Map();
export const choose = (visitId, start) => chosen.set(visitId, start);
export function chosenTime(visitId) {
  const start = chosen.get(visitId);
  chosen.delete(visitId);
  return start;
}
