// The list of medicines that this phone keeps, so that it can be shown with no network:
// with what can be told of side effects, and what the prescribers agree on.
// Operations: listSideEffectChoices.

import { get, putOwn } from './db.js';
import { read } from './api.js';
import { session } from './session.js';
import { NoAnswer } from './http.js';

const HOUR = 3600 * 1000; // milliseconds

// listOf asks for the list of a chart: all that is taken, and of what was stopped what was
// added last; next tells whether there is more.
export async function listOf(patientId) {
  const items = [];
  for (let from = ''; ;) {
    const page = await read(`/v1/patients/${patientId}/medicines?limit=100${from}`);
    items.push(...page.items);
    if (!page.next || page.items.some((m) => m.status !== 'active')) return { ...page, items };
    from = `&cursor=${page.next}`;
  }
}

// beside asks for what is kept with the list; what is not there is left out.
async function beside(patientId) {
  const items = (path) => read(`/v1/patients/${patientId}/${path}`).then((p) => p.items, () => undefined);
  const [choices, agreements] = await Promise.all([items('side-effect-choices?limit=100'), items('prescribing-agreements?limit=10')]);
  return { choices, agreements };
}

// bringMedicines asks for a patient's own list and keeps it.
export async function bringMedicines() {
  const me = await session();
  const before = await get('medicines');
  const [list, more] = await Promise.all([listOf(me.patientId), beside(me.patientId)]);
  const kept = { list, choices: more.choices ?? before?.choices ?? [], agreements: more.agreements ?? before?.agreements ?? [], savedAt: Date.now() };
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
    return { choices: [], agreements: [], ...kept, old: true };
  }
}

// medicinesOf is the same of any chart; of somebody else's nothing is kept.
export async function medicinesOf(ctx) {
  if (ctx.own) return ownMedicines();
  return { list: await listOf(ctx.patientId), ...(await beside(ctx.patientId)), old: false };
}

// freshenMedicines keeps them without being asked for, now and then. It never throws.
export async function freshenMedicines() {
  const kept = await get('medicines');
  if (!(await session())?.patientId || Date.now() - (kept?.savedAt ?? 0) < HOUR) return;
  await bringMedicines().catch(() => {});
}
