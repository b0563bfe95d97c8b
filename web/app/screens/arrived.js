// Back from the hospital's own sign-in.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { get } from '../db.js';
import { finish } from '../providers.js';
import { anothers, arriveWith, leave } from '../session.js';
import { loadMe } from '../me.js';
import { nameInFront } from '../people.js';
import { home } from '../home.js';
import { openLock } from '../idlelock.js';
import { sayNext } from '../frame.js';
import { NoAnswer } from '../http.js';
import { problemWords } from '../problems.js';

export default async function arrivedScreen({ go, again }) {
  let data;
  try {
    data = await finish();
  } catch (problem) {
    return failed(problem, again);
  }
  if (data.linked) {
    sayNext(t('providers.linked'));
    return go('#/devices');
  }
  if (data.proved) return proved(data.proved, go);
  const { signIn } = data;
  // instead: whose things are put away in this browser, as somebody at it said.
  const come = async (instead) => {
    const session = await arriveWith(signIn, instead);
    if (!session) return again(); // somebody else's things came to this browser meanwhile
    await loadMe();
    sayNext(t('enrol.done'));
    return go(home(session.role));
  };
  const whose = await anothers(signIn);
  if (!whose) return come();
  const stay = async () => {
    await leave(signIn);
    go('#/enrol');
  };
  return {
    title: t('arrived.title'),
    body: h('div.card', { role: 'alert' }, h('p', t('arrived.other', { name: await nameInFront() })),
      h('div.actions', action(t('enrol.other.no'), stay), action(t('enrol.other.yes'), () => come(whose), { kind: 'quiet' }))),
  };
}

// proved opens the lock of its own person, in the window where something was typed too. This
// one has done its work. Where somebody else is in front by now, their lock stays.
async function proved(account, go) {
  if ((await get('owner')) !== account) return go('#/people');
  await openLock();
  globalThis.close(); // a browser may not let it
  return { title: t('arrived.proved'), body: h('div.card', h('p', t('arrived.proved.close')), h('div.actions', action(t('lock.back'), () => go('#/')))) };
}

const failed = (problem, again) => ({
  title: t('arrived.failed'),
  body: h('div.card', h('p', problemWords(problem)),
    h('div.actions', problem instanceof NoAnswer && action(t('failure.again'), again), h('a.button.quiet', { href: '#/enrol' }, t('arrived.back')))),
});
