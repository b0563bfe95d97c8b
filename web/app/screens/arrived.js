// Back from the hospital's own sign-in.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { finish } from '../providers.js';
import { arriveWith, isAnothers, leave, whoseBrowser } from '../session.js';
import { loadMe } from '../me.js';
import { home } from '../home.js';
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
  const { signIn } = data;
  const come = async () => {
    const session = await arriveWith(signIn);
    await loadMe();
    sayNext(t('enrol.done'));
    go(home(session.role));
  };
  if (!(await isAnothers(signIn))) return come();
  const stay = async () => {
    await leave(signIn);
    go('#/enrol');
  };
  return {
    title: t('arrived.title'),
    body: h('div.card', { role: 'alert' }, h('p.warn', t('arrived.other', { name: (await whoseBrowser()) ?? '' })),
      h('div.actions', action(t('enrol.other.no'), stay), action(t('enrol.other.yes'), come, { kind: 'danger' }))),
  };
}

const failed = (problem, again) => ({
  title: t('arrived.failed'),
  body: h('div.card', h('p', problemWords(problem)),
    h('div.actions', problem instanceof NoAnswer && action(t('failure.again'), again), h('a.button.quiet', { href: '#/enrol' }, t('arrived.back')))),
});
