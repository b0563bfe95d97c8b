// Notes on this phone: on or off, and why they can't be had or do not come.

import { action } from './action.js';
import { h } from './dom.js';
import { t } from './texts.js';
import { say, sayNext } from './frame.js';
import { PushOff, pushState, turnOff, turnOn } from './pushes.js';

export async function pushCard(again) {
  const state = await pushState();
  const on = async () => {
    try {
      await turnOn();
    } catch (problem) {
      if (!(problem instanceof PushOff)) throw problem;
      say(t(`pushes.failed.${problem.message}`));
      return;
    }
    sayNext(t('pushes.is-on'));
    await again();
  };
  const off = async () => {
    await turnOff();
    sayNext(t('pushes.is-off'));
    await again();
  };
  return h('section.card', h('h2', t('pushes.title')), h('p', t(`pushes.state.${state}`)), h('p.note', t('pushes.neutral')),
    (state === 'off' || state === 'trouble') && action(t(state === 'off' ? 'pushes.on' : 'pushes.again'), on),
    ['on', 'trouble', 'unsure'].includes(state) && action(t('pushes.off'), off, { kind: 'quiet' }));
}
