// How the connections of a visit were, for the team: who had trouble, and where it
// came from. It is read when it is asked for, for each reading is in the access log.

import { action } from '../action.js';
import { call } from '../api.js';
import { doorState } from '../visitdoor.js';
import { h, fill } from '../dom.js';
import { number } from '../format.js';
import { has, t } from '../texts.js';
import { verdict } from './measure.js';
import { roleName } from './names.js';

const whole = (x) => number(Math.round(x));
const percent = (x) => number(Math.round(x * 1000) / 10);

// reportsPart is there for the team, once the door has opened.
export function reportsPart(visit, ctx) {
  if (ctx.own || ctx.me.role === 'supporter' || !['open', 'over'].includes(doorState(visit))) return null;
  return reportsOf(ctx.api(`appointments/${visit.id}`), 'quality.open');
}

// reportsOf reads those of the visit at this address; words are on the button.
export function reportsOf(api, words) {
  const list = h('div', { role: 'status' });
  const show = async () => {
    const { data } = await call('GET', `${api}/quality`);
    fill(list, data.items.length === 0 ? h('p.note', t('quality.none')) : h('ul.guests.card', data.items.map(line)));
  };
  return h('div.reports', h('div.actions', action(t(words), show, { kind: 'quiet' })), list);
}

const line = (r) => h('li',
  h('p', h('b', h('bdi', r.name || t('call.somebody'))), r.role && h('span.note', ` ${roleName(r.role)}`), r.waiting && h('span.note', ` · ${t('lobby.waiting')}`)),
  h('p', t(`quality.${verdict(r)}`), has(`quality.cause.${r.cause}`) && ` ${t(`quality.cause.${r.cause}`)}`),
  h('p.note', facts(r).join(' · ')));

const facts = (r) => [
  t('quality.time', { minutes: whole(r.connectedSeconds / 60), gap: whole(r.gapSeconds) }),
  t('quality.sound', { mos: number(Math.round(r.mos * 10) / 10), worst: number(Math.round(r.worstMinuteMos * 10) / 10) }),
  has(`call.path.${r.path}`) && t('call.fact.path', { path: t(`call.path.${r.path}`) }),
  t('call.fact.rtt', { ms: whole(r.rttMs) }),
  t('call.fact.rates', { up: whole(r.upKbps), down: whole(r.downKbps) }),
  t('call.fact.loss', { up: percent(r.upLoss), down: percent(r.downLoss) }),
  r.busySeconds > 0 && t('quality.busy', { s: whole(r.busySeconds) }),
  !r.waiting && t('quality.still', { n: whole(r.freezes), s: whole(r.frozenMs / 1000) }),
].filter(Boolean);
