// What somebody sees who waits: that they are in the right place, who is there, how
// their own connection does.

import { h, fill } from '../dom.js';
import { t } from '../texts.js';
import { checkPart } from './check.js';
import { linkPart } from './link.js';
import { roleName } from './names.js';

const guests = (list) => h('ul.dots', list.map((g) => h('li', h('bdi', g.name), roleName(g.role) && h('span.note', ` (${roleName(g.role)})`))));

const why = (call, stage) => (stage === 'hold' ? 'call.wait.hold' : call.room.you.sentBack ? 'call.wait.back' : 'call.wait.words');

// waitPart is the waiting room; in a huddle the same with other words.
export function waitPart(call, stage) {
  const here = h('div');
  const link = linkPart(call);
  const check = stage === 'lobby' ? checkPart() : null;
  let shown = '';
  const update = () => {
    link.update();
    const { people, expects } = call.room;
    const key = JSON.stringify([people.map((p) => p.id), expects]);
    if (key === shown) return;
    shown = key;
    fill(here, people.length > 0 && [h('h2', t('call.here')), guests(people)], expects.length > 0 && [h('h2', t('call.expected')), guests(expects)],
      people.length === 0 && h('p', t('call.nobody-yet')));
  };
  const el = h('div',
    h('section.card', h('p', t(why(call, stage))), h('p', t('call.wait.private')), here),
    stage === 'lobby' && h('section.card', h('h2', t('call.link')), link.el),
    check?.el);
  return { el, update, stop: () => check?.stop() };
}
