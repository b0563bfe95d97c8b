// Asks now and then what has changed for this phone. The crisis plan comes first:
// a newer one is fetched at once.

import { putOwn } from './db.js';
import { read } from './api.js';
import { keptPlan, planIsOld, refreshPlan } from './keptplan.js';
import { keepFresh } from './numbers.js';
import { askAgain, session } from './session.js';
import { askForOthers } from './people.js';
import { freshenMedicines } from './keptmedicines.js';
import { freshenTablets } from './kepttablets.js';
import { freshenVisits } from './keptvisits.js';

const EVERY = 5 * 60_000; // milliseconds, while the page is looked at
const HOUR = 3600_000;
let askedReaders = 0;

export async function syncNow() {
  const me = await session();
  if (!me?.patientId) return;
  // The plan alone: each screen asks for what it shows. It takes nothing from here, and
  // keptplan.js keeps a plan that is newer than the clinic's.
  const news = await read('/v1/sync?only=crisis-plan', { as: me.accountId });
  if (news.crisisPlan && news.crisisPlan.etag !== (await keptPlan())?.etag) await refreshPlan();
}

// keepPages brings the pages to read, for a night without a network, once somebody signed
// in here, and sends what was answered.
async function keepPages() {
  if (!(await session())) return;
  const { refreshPack, sendWaiting } = await import('./learn.js');
  await refreshPack().catch(() => {});
  await sendWaiting().catch(() => {});
}

// keepReaders keeps who reads what is sent, and when, as it is true of this patient: a
// programme may have hours of its own.
async function keepReaders() {
  const me = await session();
  if (!me?.patientId || Date.now() - askedReaders < HOUR) return;
  await putOwn('reading', await read('/v1/message-hours', { as: me.accountId }), me.accountId);
  askedReaders = Date.now();
}

// keepInStep works for as long as the page lives, and never throws.
export async function keepInStep() {
  const turn = async () => {
    if (document.visibilityState !== 'visible') return;
    await askAgain();
    await askForOthers();
    await syncNow().catch(() => {});
    if (await planIsOld()) await refreshPlan();
    await keepFresh();
    await freshenVisits();
    await freshenMedicines();
    await freshenTablets();
    await keepReaders().catch(() => {});
    await keepPages().catch(() => {});
  };
  await Promise.all([keepFresh(), refreshPlan()]);
  keepPages().catch(() => {});
  setInterval(turn, EVERY);
  document.addEventListener('visibilitychange', turn);
  await turn();
}
