// The coming visits that this phone keeps, so that they can be looked up with no
// network: when, who, how and where.

import { get, putOwn } from './db.js';
import { all, read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';

const HOUR = 3600 * 1000; // milliseconds
const RUNNING = 12 * HOUR; // a visit can have begun so long ago and still go on

// keptVisits is {visits, kinds, sites, savedAt} or null.
export const keptVisits = async () => (await get('visits')) ?? null;

// kindsAndSites is what the names of kinds and places are found in.
export async function kindsAndSites() {
  const [kinds, calendar] = await Promise.all([all('/v1/visit-types'), read('/v1/site-calendar')]);
  return { kinds, sites: calendar.sites };
}

// comingVisits asks for the visits of a chart that are not over.
export async function comingVisits(patientId, now = Date.now()) {
  const from = new Date(now - RUNNING).toISOString();
  const found = await all(`/v1/patients/${patientId}/appointments?limit=100&from=${encodeURIComponent(from)}`);
  return found.filter((v) => Date.parse(v.end) > now);
}

// bringVisits asks for a patient's own visits and keeps them.
export async function bringVisits() {
  const me = await session();
  const [visits, names] = await Promise.all([comingVisits(me.patientId), kindsAndSites()]);
  const kept = { visits, ...names, savedAt: Date.now() };
  await putOwn('visits', kept, me.accountId);
  return kept;
}

// ownVisits is what the clinic's computer says, or, with no network, what is kept:
// then old is true.
export async function ownVisits() {
  try {
    return { ...(await bringVisits()), old: false };
  } catch (problem) {
    const kept = problem instanceof NoAnswer && (await keptVisits());
    if (!kept) throw problem;
    return { ...kept, visits: kept.visits.filter((v) => Date.parse(v.end) > Date.now()), old: true };
  }
}

// freshenVisits keeps them without being asked for, now and then. It never throws.
export async function freshenVisits() {
  const kept = await keptVisits();
  if (!(await session())?.patientId || Date.now() - (kept?.savedAt ?? 0) < HOUR) return;
  await bringVisits().catch(() => {});
}
