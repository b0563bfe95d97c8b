// Who can take something over: the people of a patient's team, or of the clinic, as far
// as the one who looks may know them.

import { all, read } from './api.js';
import { t } from './texts.js';

const staff = ['clinician', 'coordinator', 'administrator'];

// whoTakes lists [id, name] of who can be asked. Without a patient only the office knows
// everybody.
export async function whoTakes(patientId, me, roles = staff) {
  if (patientId && me.role !== 'administrator') {
    const team = await read(`/v1/patients/${patientId}/care-team`).catch(() => ({ items: [] }));
    return team.items.filter((m) => roles.includes(m.role)).map((m) => [m.accountId, m.name]);
  }
  if (me.role !== 'administrator') return [];
  const everybody = (await Promise.all(roles.map((role) => all(`/v1/accounts?role=${role}&limit=100`)))).flat();
  return everybody.filter((a) => a.status === 'active').map((a) => [a.id, a.name]);
}

// groupsFor lists the pools that a task can be laid into.
export const groupsFor = (patientId) => [patientId && 'care-team', 'on-duty', 'clinicians', 'coordinators', 'administrators'].filter(Boolean)
  .map((pool) => [pool, t(`task.pool.${pool}`)]);
