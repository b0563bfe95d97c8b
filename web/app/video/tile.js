// One person, or one shared screen, as a picture with a name under it.

import { h, fill } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { own } from './own.js';
import { initials, lackOf, roleName } from './names.js';

// tile draws {id, kind, person, own}: kind is video or screen.
export function tile(call) {
  const picture = h('video', { autoplay: true, playsinline: true, muted: true, 'aria-hidden': 'true' });
  picture.muted = true; // the sound comes from elsewhere (sound.js)
  const letters = h('span.letters', { 'aria-hidden': 'true' });
  const words = h('figcaption');
  const el = h('figure.tile', picture, letters, words);
  let shown = '';
  const update = (item) => {
    const stream = item.own ? ownStream(item.kind) : seatStream(call, item);
    if (picture.srcObject !== stream) picture.srcObject = stream;
    el.classList.toggle('own', Boolean(item.own) && item.kind === 'video');
    el.classList.toggle('screen', item.kind === 'screen');
    el.classList.toggle('dark', !stream);
    letters.textContent = stream ? '' : initials(item.person.name);
    const parts = JSON.stringify(caption(call, item));
    if (parts !== shown) fill(words, drawn(caption(call, item)));
    shown = parts;
  };
  return { el, update, picture };
}

const streams = {};

// ownStream is one stream for one track, so that the picture does not start anew.
function ownStream(kind) {
  const track = own.tracks[kind];
  if (!track) return null;
  if (streams[kind]?.getTracks()[0] !== track) streams[kind] = new MediaStream([track]);
  return streams[kind];
}

function seatStream(call, { person, kind }) {
  if (!person.sends[kind]) return null;
  const seat = call.seats.find((s) => s.person === person.id && s.kind === kind);
  return seat && !seat.paused ? call.transport?.stream(seat.mid) ?? null : null;
}

// caption is what is said of somebody beside the name.
function caption(call, { person, kind, own: mine }) {
  const seat = call.seats.find((s) => s.person === person.id && s.kind === 'video');
  return {
    name: mine ? t('call.you') : person.name,
    role: kind === 'screen' ? t('call.shares') : mine ? '' : roleName(person.role),
    lack: mine ? '' : lackOf(person),
    quiet: kind !== 'screen' && !person.sends.audio && !person.held,
    held: kind !== 'screen' && person.held,
    hand: person.hand,
    away: !person.connected,
    why: !mine && (seat?.paused || seat?.why === 'their-processor') && seat.why !== 'not-shown' ? seat.why : '',
  };
}

const drawn = (c) => [
  h('bdi', c.name), c.role && h('span.role', c.role),
  c.quiet && h('span.sign', icon('mic-off'), h('span.unseen', t('call.sign.muted'))),
  c.held && h('span.sign', icon('mic-off'), t('call.sign.held')),
  c.hand && h('span.sign', icon('hand'), h('span.unseen', t('call.sign.hand'))),
  c.away && h('span.sign', t('call.sign.away')),
  c.lack && h('span.sign', t(`call.sign.lacks.${c.lack}`)),
  c.why && h('span.sign', t(`call.why.${c.why}`)),
];
