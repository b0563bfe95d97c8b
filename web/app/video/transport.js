// One PeerConnection of a visit: it offers once, with fixed seats whose source the
// server changes, so nothing is negotiated again (docs/signaling.md).

import { small } from './devices.js';

const seats = () => (small() ? 4 : 11);

// The layers of the camera, lowest first: the height is halved from one to the next.
const layer = (rid, scaleResolutionDownBy, maxBitrate) => ({ rid, scaleResolutionDownBy, maxBitrate, active: false });
const layers = () => (small() ? [layer('q', 2, 150_000), layer('f', 1, 600_000)]
  : [layer('q', 4, 150_000), layer('h', 2, 500_000), layer('f', 1, 1_500_000)]);
const shared = [{ maxBitrate: 1_500_000, maxFramerate: 15, active: false }];
const uses = { audio: 'microphone', video: 'camera', screen: 'screen' };

export class Transport {
  constructor(generation, iceServers, changed) {
    this.generation = generation;
    this.pc = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    this.pc.onconnectionstatechange = () => changed(this, this.pc.connectionState);
    this.lines = [];
    this.streams = new Map();
    this.line('microphone', 'audio', { direction: 'sendonly' });
    this.line('camera', 'video', { direction: 'sendonly', sendEncodings: layers() });
    this.line('screen', 'video', { direction: 'sendonly', sendEncodings: shared });
    for (let i = 0; i < seats(); i += 1) this.line('hear', 'audio', { direction: 'recvonly' });
    for (let i = 0; i < seats(); i += 1) this.line('see', 'video', { direction: 'recvonly' });
  }

  // line adds a line. What a browser does not know of it (layers, the choice of a codec)
  // it does without: the server takes what fits and rejects the rest.
  line(use, kind, init) {
    let transceiver;
    try {
      transceiver = this.pc.addTransceiver(kind, init);
    } catch {
      transceiver = this.pc.addTransceiver(kind, { direction: init.direction });
    }
    if (kind === 'video') prefer(transceiver, vp8());
    this.lines.push({ use, transceiver });
  }

  async offer() {
    await this.pc.setLocalDescription();
    return { generation: this.generation, sdp: this.pc.localDescription?.sdp,
      lines: this.lines.map(({ use, transceiver }) => ({ mid: transceiver.mid, use })) };
  }

  async answer(sdp) {
    await this.pc.setRemoteDescription({ type: 'answer', sdp });
    this.answered = true;
  }

  sender(kind) { return this.lines.find((l) => l.use === uses[kind]).transceiver.sender; }

  // put sends another track of a kind, or none. A line that was rejected takes nothing.
  put(kind, track) { return this.sender(kind).replaceTrack(track ?? null).catch(() => {}); }

  // need switches the layers on that somebody needs: up to this one; -1 is none.
  async need(kind, layer) {
    const sender = this.sender(kind);
    const parameters = sender.getParameters();
    const top = parameters.encodings.length - 1;
    parameters.encodings.forEach((e, i) => { e.active = i <= Math.min(layer, top); });
    await sender.setParameters(parameters).catch(() => {}); // closed meanwhile
  }

  // stream is what comes in on a seat.
  stream(mid) {
    if (!this.streams.has(mid)) {
      const line = this.lines.find((l) => l.transceiver.mid === mid);
      this.streams.set(mid, line ? new MediaStream([line.transceiver.receiver.track]) : null);
    }
    return this.streams.get(mid);
  }

  // loudness of a seat in this moment, 0 to 1.
  loudness(mid) {
    const line = this.lines.find((l) => l.transceiver.mid === mid);
    return line?.transceiver.receiver.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  get hearing() { return this.lines.filter((l) => l.use === 'hear').map((l) => l.transceiver.mid); }

  close() {
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }
}

const vp8 = () => (globalThis.RTCRtpReceiver?.getCapabilities?.('video')?.codecs ?? []).filter((c) => ['video/vp8', 'video/rtx'].includes(c.mimeType.toLowerCase()));

function prefer(transceiver, codecs) {
  if (!codecs.some((c) => c.mimeType.toLowerCase() === 'video/vp8')) return; // then all are offered
  try {
    transceiver.setCodecPreferences?.(codecs);
  } catch { // the offer is longer, and as good
  }
}
