// How the connection does, in words: plain ones for a patient, figures for the team.

import { h, fill } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { number } from '../format.js';
import { verdict } from './measure.js';
import { own } from './own.js';
import { lackOf, treats } from './names.js';

// troubleOf is the one thing that is worth a sentence now, or ''.
export function troubleOf(call) {
  if (call.lost) return 'lost';
  if (call.failures > 1) return 'lacks.all';
  const lack = lackOf(call.room?.you);
  if (lack) return `lacks.${lack}`;
  if (call.next && call.transport?.pc.connectionState !== 'connected') return 'media';
  if (own.held) return 'held';
  if (call.room?.you.role !== 'observer') {
    const kind = ['audio', 'video'].find((k) => own.wish[k] && own.trouble[k]);
    if (kind) return `${kind}.${own.trouble[kind]}`;
  }
  if (call.silent.audio) return 'mic';
  if (call.silent.video) return 'camera';
  if (call.slow === 'processor' || call.network?.cause === 'processor') return 'busy';
  const word = call.network && verdict(call.network);
  if (word === 'poor') return 'poor';
  return call.slow === 'network' && word === 'fair' ? 'low' : '';
}

const wordsOf = (what) => (/^(audio|video)\./.test(what) ? `check.${what}` : what.startsWith('lacks.') ? `call.${what}` : `call.trouble.${what}`);

// troublePart says it, for eyes and for a screen reader.
export function troublePart(call) {
  const el = h('div.trouble', { role: 'status' });
  const turnOn = h('button.button.main.small', { type: 'button', onclick: () => call.sound.play() }, t('call.sound.on'));
  let shown = '';
  const update = () => {
    const what = troubleOf(call);
    const key = `${what} ${call.sound.blocked}`;
    if (key === shown) return;
    shown = key;
    fill(el, what && h('p', t(wordsOf(what))), call.sound.blocked && turnOn);
  };
  return { el, update };
}

// linkPart is the answer of the check: a word for all, figures for those who treat.
export function linkPart(call) {
  const el = h('div.link-check');
  let shown = '';
  const update = () => {
    const word = call.transport?.pc.connectionState === 'connected' ? wordFor(call) : 'unknown';
    const figures = treats(call.room?.you.role) ? figuresOf(call) : '';
    const key = word + figures;
    if (key === shown) return;
    shown = key;
    fill(el, h('p.state', icon(word === 'unknown' ? 'clock' : ['poor', 'busy'].includes(word) ? 'warn' : 'check'), h('span', t(`call.link.${word}`))), figures && h('p.note', figures));
  };
  return { el, update };
}

const wordFor = (call) => (call.network?.cause === 'processor' ? 'busy' : verdict(call.network ?? guess(call)));

// guess stands in until the server has a score: by the round trip and the room up.
const guess = ({ path }) => path && { mos: path.rtt > 400 || (path.upRoom > 0 && path.upRoom < 80) ? 2.5 : path.rtt > 250 ? 3.5 : 4.2 };

function figuresOf(call) {
  const { network: n, path } = call;
  const kbps = (x) => number(Math.round(x));
  return [path?.path && t('call.fact.path', { path: t(`call.path.${path.path}`) }),
    path && t('call.fact.rtt', { ms: kbps(n?.rttMs || path.rtt) }),
    path?.upRoom > 0 && t('call.fact.room', { kbps: kbps(path.upRoom) }),
    n && t('call.fact.rates', { up: kbps(n.up.kbps), down: kbps(n.down.kbps) }),
    n && t('call.fact.loss', { up: number(Math.round(n.up.loss * 1000) / 10), down: number(Math.round(n.down.loss * 1000) / 10) })].filter(Boolean).join(' · ');
}
