// The list of medicines that this phone keeps, so that it can be shown with no network.

import { get, putOwn } from './db.js';
import { read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';

const HOUR = 3600 * 1000; // milliseconds

// listOf asks for the whole list of a chart.
export const listOf = (patientId) => read(`/v1/patients/${patientId}/medicines`);

// bringMedicines asks for a patient's own list and keeps it.
export async function bringMedicines() {
  const me = await session();
  const kept = { list: await listOf(me.patientId), savedAt: Date.now() };
  await putOwn('medicines', kept, me.accountId);
  return kept;
}

// ownMedicines is what the clinic's computer says, or, with no network, what is kept:
// then old is true.
export async function ownMedicines() {
  try {
    return { ...(await bringMedicines()), old: false };
  } catch (problem) {
    const kept = problem instanceof NoAnswer && (await get('medicines'));
    if (!kept) throw problem;
    return { ...kept, old: true };
  }
}

// freshenMedicines keeps them without being asked for, now and then. It never throws.
export async function freshenMedicines() {
  const kept = await get('medicines');
  if (!(await session())?.patientId || Date.now() - (kept?.savedAt ?? 0) < HOUR) return;
  await bringMedicines().catch(() => {});
}
