// The visit itself: waiting, taking part, waiting again, and what is said at the
// end. It is drawn anew, with the focus on its heading, when the person's place changes.

import { h, button } from '../dom.js';
import { t, has } from '../texts.js';
import { sayNext, say } from '../frame.js';
import { current, enter } from '../video/call.js';
import { tellNews } from '../video/news.js';
import { own } from '../video/own.js';
import { leadBack } from '../video/bar.js';
import { nameOf } from '../video/names.js';
import { insidePart } from '../video/inside.js';
import { waitPart } from '../video/wait.js';
import { troublePart } from '../video/link.js';

const ASKED = 3000; // milliseconds; who has not answered the browser's question waits in the room

let last = ''; // the place that was drawn last
let ended = null; // the visit whose end is to be told

export default async function roomScreen(ctx) {
  const id = ctx.params.visit;
  if (ended?.visitId === id) return endScreen(ctx);
  if (!current()) last = '';
  tellNews();
  await Promise.race([own.open(), new Promise((done) => setTimeout(done, ASKED))]);
  const call = enter(id, ctx.api(`appointments/${id}`), ctx.me.accountId);
  leadBack(call, location.hash);
  const place = placeOf(call);
  const part = drawings[place](call, ctx, place);
  const trouble = troublePart(call);
  tellPlace(call, place);
  last = place;
  follow(call, ctx, place, () => { part.update?.(); trouble.update(); }, part);
  return {
    title: t(`call.title.${place}`), bare: true, wide: place === 'inside',
    body: [trouble.el, part.el],
  };
}

// endScreen says why a visit is over, once: who comes here again wants to go in.
function endScreen(ctx) {
  const part = overPart(ended, ctx);
  ended = null;
  return { title: t('call.title.over'), body: part };
}

const drawings = {
  connecting: (call) => ({ el: h('div', h('p.card', t('call.connecting')), leaving(call)) }),
  lobby: withLeave,
  hold: withLeave,
  inside: insidePart,
};

// placeOf is where the person stands now.
function placeOf(call) {
  if (call.over) return 'over';
  if (!call.room) return 'connecting';
  if (call.room.you.place !== 'inside') return 'lobby';
  return call.room.onHold ? 'hold' : 'inside';
}

// follow draws changes while this screen stands, and the whole of it anew when the
// place is another one.
function follow(call, ctx, place, update, part) {
  let stood = false;
  const heard = () => {
    stood ||= part.el.isConnected;
    if (stood && !part.el.isConnected) return stop();
    if (placeOf(call) !== place) {
      stop();
      if (call.over) ended = call;
      return ctx.again();
    }
    return update();
  };
  const refused = ({ detail }) => say(has(`call.refused.${detail.code}`) ? t(`call.refused.${detail.code}`) : t('call.refused.other'));
  const stop = () => {
    part.stop?.();
    call.removeEventListener('change', heard);
    call.removeEventListener('refused', refused);
  };
  call.addEventListener('change', heard);
  call.addEventListener('refused', refused);
  update();
  requestAnimationFrame(heard);
}

// tellPlace says what has just happened, for eyes and for a screen reader.
function tellPlace(call, place) {
  if (place === last || last === '') return;
  const by = call.room?.you.by;
  const name = by && by !== call.room.you.id ? nameOf(call, by) : t('call.team');
  if (place === 'inside') sayNext(t(last === 'hold' ? 'call.told.on' : last === 'lobby' ? 'call.told.in' : 'call.told.inside', { name }));
  else if (place === 'hold') sayNext(t('call.told.hold'));
  else if (place === 'lobby' && last === 'inside') sayNext(t('call.told.back', { name }));
}

const leaving = (call) => h('div.actions', button(t('call.leave'), () => call.leave(), { kind: 'danger' }));

function withLeave(call, ctx, place) {
  const part = waitPart(call, place);
  return { ...part, el: h('div', part.el, leaving(call)) };
}

// final are the reasons after which one can't come back.
const final = new Set(['removed-from-visit', 'visit-ended', 'not-in-this-visit', 'visit-called-off', 'not-found']);

function overPart(call, ctx) {
  const code = call.over.code ?? '';
  return [
    h('p.card', t(has(`call.over.${code}`) ? `call.over.${code}` : 'call.over.other')),
    h('div.actions', !final.has(code) && button(t('call.over.return'), () => ctx.again(), { kind: 'main' }),
      h('a.button.quiet', { href: ctx.at('visits') }, t(ctx.own ? 'visits.title' : 'chart.visits'))),
  ];
}
