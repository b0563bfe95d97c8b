// The person's own microphone, camera and screen. What is off is really off: a
// camera that is switched off is given back, so that its light goes out.

// small is a phone: few pictures fit, and an old one gets hot over a large one.
const PHONE = 700; // pixels
export const small = () => innerWidth < PHONE;

const lines = () => (small() ? 360 : 720);
const wishes = {
  audio: () => ({ echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
  video: () => ({ width: { ideal: (lines() * 16) / 9 }, height: { ideal: lines() }, facingMode: 'user' }),
};

// Why something can't be had: the browser's names and ours.
const troubles = { NotAllowedError: 'blocked', SecurityError: 'blocked', NotFoundError: 'none', OverconstrainedError: 'none', NotReadableError: 'busy', AbortError: 'busy' };

export class Own extends EventTarget {
  tracks = { audio: null, video: null, screen: null };
  on = { audio: false, video: false, screen: false };
  trouble = { audio: '', video: '', screen: '' };
  chosen = { audio: '', video: '' };

  // open takes microphone and camera, or the one of them that can be had.
  async open() {
    if (!this.opening) this.opening = this.take('audio').then(() => this.take('video'));
    await this.opening;
  }

  async take(kind) {
    const wish = this.chosen[kind] ? { ...wishes[kind](), facingMode: undefined, deviceId: { exact: this.chosen[kind] } } : wishes[kind]();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: wish });
      this.set(kind, stream.getTracks()[0], '');
    } catch (problem) {
      this.set(kind, null, troubles[problem.name] ?? 'none');
    }
  }

  set(kind, track, trouble = '') {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    this.on[kind] = Boolean(track);
    this.trouble[kind] = trouble;
    if (track) track.onended = () => this.tracks[kind] === track && this.set(kind, null, kind === 'screen' ? '' : 'busy');
    if (kind === 'audio') this.listen(track);
    this.dispatchEvent(new Event('change'));
  }

  // choose takes another device; '' is the one that the browser likes.
  choose(kind, id) {
    this.chosen[kind] = id;
    return this.take(kind);
  }

  // mute keeps the microphone, so that one can speak again at once.
  mute(off) {
    if (!this.tracks.audio) return this.take('audio');
    this.tracks.audio.enabled = !off;
    this.on.audio = !off;
    this.dispatchEvent(new Event('change'));
    return undefined;
  }

  async camera(on) {
    if (on) await this.take('video');
    else this.set('video', null);
  }

  off(kind) {
    if (kind === 'audio') this.mute(true);
    else this.set(kind, null);
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

  listen(track) {
    this.meter?.close();
    this.meter = null;
    if (!track) return;
    this.meter = new AudioContext();
    this.ear = this.meter.createAnalyser();
    this.ear.fftSize = 512;
    this.meter.createMediaStreamSource(new MediaStream([track])).connect(this.ear);
  }

  // level is the loudest of the last hundredths of a second, 0 to 1.
  level() {
    if (!this.meter) return 0;
    if (this.meter.state === 'suspended') this.meter.resume().catch(() => {});
    const wave = new Float32Array(this.ear.fftSize);
    this.ear.getFloatTimeDomainData(wave);
    return wave.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  }

  close() {
    this.opening = null;
    for (const kind of ['audio', 'video', 'screen']) this.set(kind, null);
  }
}

// own is that of this page: the check, the waiting room and the visit share it.
export const own = new Own();

// devices lists what can be chosen, once the person has allowed the use of one.
export async function devices(kind) {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((d) => d.kind === `${kind}input` && d.deviceId && d.label);
}

export const canShare = () => Boolean(navigator.mediaDevices?.getDisplayMedia);
export const canMeet = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.RTCPeerConnection);
