// Duty: who is on duty now, when I am on next, swaps that wait for me, and holes. The
// rotas themselves are one list, a week of each.

import { action } from '../action.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';
import { sayNext } from '../frame.js';

const span = (s) => t('duty.span', { from: dateTime(s.from), to: dateTime(s.to) });

export default async function dutyScreen({ me, again }) {
  const [duty, rotas] = await Promise.all([read('/v1/duty'), read('/v1/rotas')]);
  const office = me.role === 'administrator' || me.role === 'coordinator';
  const answer = (w, accept) => async () => {
    await call('POST', `/v1/rotas/${w.rotaId}/swaps/${w.id}/answer`, { body: { accept } });
    sayNext(t('duty.saved'));
    await again();
  };
  return {
    title: t('duty.title'),
    lead: t('duty.lead'),
    body: [
      h('section', h('h2', t('duty.now')), duty.now.length === 0 ? h('p.card', t('duty.no-rota'))
        : h('ul.cards', duty.now.map((n) => h('li.card', h('h3', n.rota),
          h('p', n.who ? h('b', n.who.name) : t('duty.nobody'), ' · ', t('duty.until', { time: dateTime(n.until) })))))),
      h('section', h('h2', t('duty.mine')), duty.mine.length === 0 ? h('p', t('duty.mine.none'))
        : h('ul.dots', duty.mine.map((s) => h('li', span(s), ' · ', s.rota)))),
      duty.asked.length > 0 && h('section', h('h2', t('duty.asked')), h('ul.cards', duty.asked.map((w) => h('li.card',
        h('p', t('duty.asked.by', { name: w.givenByName })), h('p', `${w.from.replace('T', ' ').slice(0, 16)} – ${w.to.replace('T', ' ').slice(0, 16)} · ${w.zone}`),
        h('div.actions', action(t('duty.accept'), answer(w, true), { kind: 'main' }), action(t('duty.decline'), answer(w, false), { kind: 'quiet' })))))),
      h('section', h('h2', t('duty.holes')), duty.holes.length === 0 ? h('p', t('duty.holes.none'))
        : h('ul.dots', duty.holes.map((o) => h('li', span(o), ' · ', o.rotaName, ' · ', o.kind === 'nobody' ? t('duty.nobody') : t('duty.unreachable', { name: o.name }))))),
      h('section', h('h2', t('duty.rotas')), h('ul.rows', rotas.items.map((r) => h('li', h('a.row', { href: `#/rotas/${r.id}` }, r.name)))),
        office && h('a.button.main', { href: '#/rotas/new' }, t('duty.new')), office && h('a.button.quiet', { href: '#/programmes' }, t('programmes.title'))),
    ],
  };
}
