// The people of one phone, where there are several: what stands for each of them, and the
// word that the clinic has for those who are set aside.

import { asides, changeAside } from './aside.js';
import { get, initials, UNSENT } from './db.js';
import { isShut } from './idlelock.js';
import { exclusively } from './lock.js';
import { parting } from './parting.js';
import { Problem } from './http.js';
import { backOf, next } from './session.js';

const ASK_EVERY = 15 * 60_000; // milliseconds between two questions for one person
const STAFF_HOURS = 12; // after which copies of people who work here go

// shared tells whether somebody is set aside on this phone.
export const shared = async () => (await asides()).length > 0;

const markOf = (values) => values.label || initials((values['sign-in'] ?? values.past)?.session.name) || '–';

// inFront is what stands for the person in front; null: there is none.
export async function inFront() {
  const [owner, label, now, past] = await Promise.all(['owner', 'label', 'sign-in', 'past'].map(get));
  return owner ? markOf({ label, 'sign-in': now, past }) : null;
}

// nameInFront is what a screen may call the person in front: their letters, where somebody
// else may be looking.
export async function nameInFront() {
  const [now, past, several] = await Promise.all([get('sign-in'), get('past'), shared()]);
  const name = (now ?? past)?.session.name;
  return (name && !several && !isShut() ? name : await inFront()) ?? '';
}

// others lists those who are set aside: {id, mark, pin, keys, plan, unsent}. unsent: how
// much of theirs waits; plan: as they kept it.
export const others = async () => (await asides()).sort((a, b) => a.at - b.at).map(({ id, values, outbox }) => ({ id, mark: markOf(values),
  pin: values.lock?.pin, keys: values['lock-keys'] ?? [], plan: values.plan, unsent: outbox.filter((e) => e.state === 'waiting').length }));

// kept is what the lock of somebody reads and notes (idlelock.js), for one who is set aside.
export const kept = (account) => ({
  get: async (name) => (await asides()).find((one) => one.id === account)?.values[name],
  put: (name, value) => changeAside(account, (one) => ({ ...one, values: { ...one.values, [name]: value } })),
});

// askForOthers hears the word of the clinic for those who are set aside: a phone that was
// reported lost forgets its person, also when another one is in front. It never throws.
export const askForOthers = () => exclusively('refresh', async () => {
  for (const one of await asides()) await askFor(one).catch(() => {});
}).catch(() => {});

async function askFor({ id, values, at, askedAt }) {
  const held = values['sign-in'] ?? values.past;
  const since = Math.abs(Date.now() - (askedAt ?? at));
  const role = held?.session.role;
  if (['clinician', 'coordinator', 'administrator'].includes(role)) {
    if (Math.abs(Date.now() - at) > STAFF_HOURS * 3_600_000) await changeAside(id, (one) => withoutCopies(one, held));
  } else if (held && since > ASK_EVERY) await changeAside(id, await heard(held, role));
}

// withoutCopies is what is left of somebody whose copies go, as in front (wipeCopies).
function withoutCopies(one, held) {
  if (one.outbox.length === 0) return null;
  const stays = Object.fromEntries(UNSENT.filter((name) => name in one.values).map((name) => [name, one.values[name]]));
  const back = backOf(held);
  return { ...one, values: { ...stays, label: markOf(one.values), ...(back && { back }) } };
}

// heard asks and gives the change that the answer makes. A token that was changed meanwhile
// is left alone.
async function heard(held, role) {
  const same = (one) => (one.values['sign-in'] ?? one.values.past)?.refreshToken === held.refreshToken;
  const keep = (one, with_) => {
    const { past, 'sign-in': now, ...rest } = one.values;
    return { ...one, askedAt: Date.now(), values: { ...rest, ...with_ } };
  };
  try {
    const fresh = await next(held);
    return (one) => (same(one) ? keep(one, { 'sign-in': fresh }) : one);
  } catch (problem) {
    const does = problem instanceof Problem ? parting(role, problem) : 'stay';
    if (does === 'wipe') return (one) => (!same(one) ? one : problem.wipe ? null : withoutCopies(one, held));
    return (one) => (does === 'part' && same(one) ? keep(one, { past: held }) : one);
  }
}
