// The person's own microphone, camera and screen. What is off is really off: a
// camera that is switched off is given back, so that its light goes out. Devices come
// and go while they are used: another one is taken at once, and the person is told.

import { Meter } from './meter.js';
import { devices, follow, seize, troubleOf } from './devices.js';

const SETTLED = 1000; // milliseconds that a device must have worked, or been silent, to be believed

export class Own extends EventTarget {
  /** @type {Record<string, any>} */
  tracks = { audio: null, video: null, screen: null };
  on = { audio: false, video: false, screen: false }; // is given to others now
  wish = { audio: true, video: true, screen: false }; // what the person wants
  trouble = { audio: '', video: '', screen: '' };
  held = false; // something else has the microphone, as a phone call
  fits = true; // the visit has a place for the pictures of this browser
  chosen = { audio: '', video: '' };
  speaker = '';
  asked = { audio: 0, video: 0, screen: 0 };
  meter = new Meter();

  // open takes microphone and camera, or the one of them that can be had.
  async open() {
    if (!this.opening) {
      this.opening = this.take('audio').then(() => this.take('video'));
      this.unfollow = follow(() => this.look());
    }
    await this.opening;
  }

  // take asks for a device, and tells whether it came to an end: false when something
  // else was wanted meanwhile. One that works goes on until another one does.
  async take(kind) {
    if (kind === 'video' && !this.fits) return false;
    const asked = ++this.asked[kind];
    const before = this.tracks[kind];
    const { track, problem, other } = await seize(kind, this.chosen[kind], () => this.asked[kind] === asked && release(before));
    if (this.asked[kind] !== asked) {
      track?.stop();
      return false;
    }
    if (other) this.chosen[kind] = '';
    if (track || before?.readyState !== 'live') this.set(kind, track, track ? '' : troubleOf(problem));
    if (other) this.tell(kind, 'instead');
    this.drawn();
    return true;
  }

  set(kind, track, trouble = '') {
    this.asked[kind] += 1;
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    this.trouble[kind] = trouble;
    if (track) this.watch(kind, track);
    if (kind === 'audio') {
      if (track) track.enabled = this.wish.audio;
      this.held = false;
      this.meter.listen(track);
    }
    this.drawn();
  }

  drawn() {
    for (const kind of ['audio', 'video', 'screen']) {
      const track = this.tracks[kind];
      this.on[kind] = Boolean(track?.enabled) && !(kind === 'audio' && this.held);
    }
    this.dispatchEvent(new Event('change'));
  }

  tell(kind, what) { this.dispatchEvent(new CustomEvent('news', { detail: { kind, what } })); }

  watch(kind, track) {
    const since = performance.now();
    track.onended = () => this.tracks[kind] === track && this.gone(kind, performance.now() - since > SETTLED);
    if (kind !== 'audio') return;
    // A phone call takes the microphone without ending it; short gaps are nothing.
    const settle = () => setTimeout(() => this.tracks.audio === track && this.hold(track.muted), track.muted ? SETTLED : 0);
    track.onmute = track.onunmute = settle;
    if (track.muted) settle();
  }

  hold(held) {
    if (this.held === held) return;
    this.held = held;
    this.tell('audio', held ? 'held' : 'back');
    this.drawn();
  }

  // gone takes the default device in the place of one that went away. One that ends as
  // soon as it is taken is left, until devices change or the person asks.
  async gone(kind, worked) {
    if (kind === 'screen') return this.set(kind, null);
    this.chosen[kind] = '';
    const before = this.tracks[kind];
    if (!worked) this.set(kind, null, 'gone');
    else if (!await this.take(kind) || this.tracks[kind] === before) return undefined;
    return this.tell(kind, this.tracks[kind] ? 'other' : this.trouble[kind]);
  }

  // look is for devices that came or went. Not each browser ends the track of one that
  // went, and none begins one of a device that came.
  async look() {
    for (const kind of ['audio', 'video']) {
      const list = await devices(kind);
      const now = this.tracks[kind];
      if (now && without(list, now.getSettings().deviceId)) await this.gone(kind, true);
      else if (!now && this.wish[kind] && ['none', 'gone', 'busy'].includes(this.trouble[kind])) {
        await this.take(kind);
        if (this.tracks[kind]) this.tell(kind, 'here');
      }
    }
    if (without(await devices('speaker'), this.speaker)) {
      this.speaker = '';
      this.tell('speaker', 'other');
    }
    this.drawn();
  }

  // playOn sends what is heard to another speaker; '' is the one that the browser likes.
  playOn(id) {
    this.speaker = id;
    this.drawn();
  }

  // choose takes another device; '' is the one that the browser likes.
  choose(kind, id) {
    this.chosen[kind] = id;
    this.wish[kind] = true;
    return this.take(kind);
  }

  // mute keeps the microphone, so that one can speak again at once. Whoever wants to
  // be heard and has none that works gets another try each time.
  async mute(off) {
    this.wish.audio = !off;
    const track = this.tracks.audio;
    if (track) track.enabled = !off;
    if (!off && (track?.readyState !== 'live' || this.held)) {
      await this.take('audio');
      if (!this.tracks.audio) this.tell('audio', this.trouble.audio);
    }
    this.drawn();
  }

  async camera(on) {
    this.wish.video = on;
    if (!on) return this.set('video', null);
    await this.take('video');
    if (!this.tracks.video) this.tell('video', this.trouble.video);
    return undefined;
  }

  off(kind) {
    if (kind === 'audio') return this.mute(true);
    this.wish[kind] = false;
    return this.set(kind, null);
  }

  // unfit gives the camera back for good: the browser has no picture that fits.
  unfit() {
    if (!this.fits) return;
    this.fits = this.wish.video = false;
    this.set('video', null, 'unfit');
    this.set('screen', null, 'unfit');
  }

  // share asks which window; whoever changes their mind shares nothing.
  async share(on) {
    if (!on) return this.set('screen', null);
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 15 } });
      const track = stream.getVideoTracks()[0];
      track.contentHint = 'detail';
      this.set('screen', track);
    } catch {
      this.set('screen', null);
    }
    return undefined;
  }

  // level is how loud the microphone is, 0 to 1; null where that can't be told.
  level() { return this.meter.level(); }

  close() {
    this.unfollow?.();
    this.opening = null;
    this.fits = true;
    this.wish = { audio: true, video: true, screen: false };
    for (const kind of ['audio', 'video', 'screen']) this.set(kind, null);
  }
}

const without = (list, id) => Boolean(id) && list.length > 0 && !list.some((d) => d.deviceId === id);

// release gives a device back; it tells whether there was one to give.
function release(track) {
  if (track?.readyState !== 'live') return false;
  track.stop();
  return true;
}

// own is that of this page: the check, the waiting room and the visit share it.
export const own = new Own();

export const canShare = () => Boolean(navigator.mediaDevices?.getDisplayMedia);
export const canMeet = () => 'RTCPeerConnection' in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);
