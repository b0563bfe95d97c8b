// The check of microphone, camera and speaker: what is found, and what to do where
// something is missing.

import { h, fill, button } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { deviceList } from './devicelist.js';
import { tellNews } from './news.js';
import { own } from './own.js';

const LOOK = 100; // milliseconds
const HEARD = 0.03; // of full
const TONE = 0.7; // seconds

// checkPart draws the check; stop ends it.
export function checkPart() {
  const picture = h('video.preview', { autoplay: true, playsinline: true, muted: true, 'aria-label': t('check.preview') });
  picture.muted = true;
  const level = h('meter.level', { min: '0', max: '1', low: '0.02', value: '0', 'aria-label': t('check.level') });
  const found = { audio: h('p.state'), video: h('p.state') };
  const lists = { audio: deviceList('audio'), video: deviceList('video'), speaker: deviceList('speaker') };
  const spoke = h('p.note', { role: 'status' }, t('check.speak'));
  const state = h('div.check-state', found.audio, level, spoke, lists.audio.el, found.video, lists.video.el);
  let heard = false;
  const draw = () => {
    for (const kind of ['audio', 'video']) {
      const trouble = own.trouble[kind];
      fill(found[kind], icon(trouble ? 'warn' : 'check'), h('span', trouble ? t(`check.${kind}.${trouble}`) : t(`check.${kind}.works`)));
    }
    Object.values(lists).forEach((list) => list.update());
    level.hidden = spoke.hidden = !own.on.audio;
    picture.hidden = !own.tracks.video;
    if (picture.srcObject?.getTracks()[0] !== own.tracks.video) picture.srcObject = own.tracks.video && new MediaStream([own.tracks.video]);
  };
  const clock = setInterval(() => {
    const now = own.level();
    if (now === null) return; // nothing is known
    level.value = Math.min(1, now * 2);
    if (!heard && now > HEARD) {
      heard = true;
      spoke.textContent = t('check.heard');
    }
  }, LOOK);
  own.addEventListener('change', draw);
  tellNews();
  draw();
  const tone = button(t('check.tone'), () => playTone(), { kind: 'quiet.small' });
  return {
    el: h('section.card.check', picture, state, lists.speaker.el, h('div.actions', tone, h('p.note', t('check.tone.hint')))),
    stop() {
      clearInterval(clock);
      own.removeEventListener('change', draw);
    },
  };
}

// playTone plays two soft notes: who hears them hears the visit.
async function playTone() {
  const sound = new AudioContext();
  await sound.setSinkId?.(own.speaker).catch(() => {}); // then on the one that the browser likes
  if (sound.state !== 'running') await sound.resume().catch(() => {});
  const gain = sound.createGain();
  gain.gain.setValueAtTime(0.15, sound.currentTime);
  gain.gain.linearRampToValueAtTime(0, sound.currentTime + TONE);
  gain.connect(sound.destination);
  for (const [at, pitch] of [[0, 440], [0.3, 554]]) {
    const note = sound.createOscillator();
    note.frequency.value = pitch;
    note.connect(gain);
    note.start(sound.currentTime + at);
    note.stop(sound.currentTime + TONE);
  }
  await new Promise((done) => setTimeout(done, TONE * 1000));
  await sound.close();
}
