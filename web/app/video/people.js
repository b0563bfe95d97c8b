// Who waits and who is inside, for those who run the visit.

import { h, fill, button } from '../dom.js';
import { t } from '../texts.js';
import { keyed } from './keyed.js';
import { lackOf, roleName, treats } from './names.js';

// peoplePart is the panel of those who treat.
export function peoplePart(call) {
  const lobby = h('ul.guests');
  const inside = h('ul.guests');
  const expected = h('p.note');
  const all = button(t('lobby.admit-all'), () => call.command('admit-all'), { kind: 'main.small' });
  const none = h('p.note', t('lobby.empty'));
  const huddle = button('', () => call.command('huddle', { on: call.room.phase !== 'huddle' }), { kind: 'quiet.small' });
  const lock = button('', () => call.command('lock', { on: !call.room.locked }), { kind: 'quiet.small' });
  const end = ending(call);
  const el = h('section.panel', { 'aria-label': t('lobby.title') },
    h('h2', t('lobby.waiting')), none, lobby, all, expected,
    h('h2', t('lobby.inside')), inside,
    h('div.actions', huddle, lock, call.room.you.role === 'lead' && end.el));
  const update = () => {
    const { people, expects, phase, locked } = call.room;
    const waiting = people.filter((p) => p.place === 'lobby');
    none.hidden = waiting.length > 0;
    all.hidden = waiting.filter((p) => p.connected).length < 2;
    keyed(lobby, waiting, (p) => p.id, (p) => guest(call, p, [['admit', 'lobby.admit', 'main.small'], ...takeOut(call, p)]));
    keyed(inside, people.filter((p) => p.place === 'inside'), (p) => p.id, (p) => guest(call, p, [
      ...(treats(p.role) ? [] : [['send-back', 'lobby.send-back', 'quiet.small']]), ['silence', 'lobby.silence', 'quiet.small'], ...takeOut(call, p)]));
    fill(expected, expects.length > 0 && t('lobby.expected', { names: expects.map((g) => g.name).join(', ') }));
    huddle.textContent = t(phase === 'huddle' ? 'lobby.huddle.end' : 'lobby.huddle');
    lock.textContent = t(locked ? 'lobby.unlock' : 'lobby.lock');
  };
  return { el, update };
}

const takeOut = (call, p) => (p.role === 'patient' || p.role === 'lead' || (p.role === 'clinician' && call.room.you.role !== 'lead') ? [] : [['remove', 'lobby.remove', 'danger.small']]);

// guest is a row with what can be done with somebody. The name stands in each
// button's label, for those who hear the buttons one by one.
function guest(call, person, verbs) {
  const note = h('span.note');
  const buttons = verbs.map(([verb, words, kind]) => [verb, button(t(words), () => call.command(verb, { whom: person.id, ...(verb === 'silence' && { kind: 'audio' }) }),
    { kind, 'aria-label': `${t(words)}: ${person.name}` })]);
  const el = h('li', h('p', h('bdi.strong', person.name), note), h('div.doings', buttons.map(([, b]) => b)));
  const update = (p) => {
    note.textContent = ` ${[roleName(p.role), !p.connected && t('call.sign.away'), lackOf(p) && t(`call.sign.lacks.${lackOf(p)}`), p.sentBack && p.place === 'lobby' && t('lobby.sent-back')].filter(Boolean).join(' · ')}`;
    for (const [verb, b] of buttons) if (verb === 'silence') b.hidden = !p.sends.audio;
  };
  return { el, update };
}

// ending asks once more: it is for everybody.
function ending(call) {
  const el = h('div.ending');
  const ask = () => {
    fill(el, h('p', t('lobby.end.sure')), button(t('lobby.end.yes'), () => call.command('end'), { kind: 'danger.small' }), ' ', button(t('lobby.end.no'), rest, { kind: 'quiet.small' }));
    el.querySelector('button').focus();
  };
  const rest = () => {
    fill(el, button(t('lobby.end'), ask, { kind: 'danger.small' }));
    if (el.isConnected) el.querySelector('button').focus();
  };
  rest();
  return { el };
}
