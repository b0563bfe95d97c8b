// The care plan in plain words that this phone keeps, so that it can be read with no
// network: what, why, who does what, what changed last.

import { get, putOwn } from './db.js';
import { read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';
import { language } from './texts.js';

// bringCarePlan asks for a patient's own plan and keeps it: {plan, summary, course, moves,
// team, changes}.
async function bringCarePlan() {
  const me = await session();
  const at = `/v1/patients/${me.patientId}`;
  const [page, summary, course] = await Promise.all([read(`${at}/page`), read(`${at}/care-plan/summary?language=${language()}`), read(`${at}/care-plan/course`)]);
  const changes = page.plan.version > 1
    ? (await read(`${at}/care-plan/versions/${page.plan.version}?since=${Math.max(page.plan.version - 5, 1)}&language=${language()}`)).differences : [];
  const moves = (await read(`${at}/handoffs?limit=10`)).items ?? [];
  const kept = { plan: page.plan, summary, course, moves, team: page.team ?? [], changes, savedAt: Date.now() };
  await putOwn('care-plan', kept, me.accountId);
  return kept;
}

// ownCarePlan is what the clinic's computer says, or, with no network, what is kept: then
// old is true.
export async function ownCarePlan() {
  try {
    return { ...(await bringCarePlan()), old: false };
  } catch (problem) {
    const kept = problem instanceof NoAnswer && (await get('care-plan'));
    if (!kept) throw problem;
    return { ...kept, old: true };
  }
}
