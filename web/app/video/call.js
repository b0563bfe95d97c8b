// A visit by video, as this page takes part in it. It lives outside of the screens:
// who looks something up meanwhile stays in the visit.

import { drop, get, putOwn } from '../db.js';
import { call as ask } from '../api.js';
import { hear } from '../bus.js';
import { holdPageWhile } from '../restart.js';
import { uuid7 } from '../uuid.js';
import { between, limits, look } from './measure.js';
import { messages } from './socket.js';
import { keepAwake, letSleep } from './awake.js';
import { own } from './own.js';
import { Sound } from './sound.js';
import { Transport } from './transport.js';

const SOCKET = '/v1/visits/socket';
const REPORT = 5000; // milliseconds
const AGAIN = 3000; // between two offers
const OLD = 1500; // how long the old connection goes on beside a new one
const KEPT = 200; // lines of captions
const INCLUDED = new Set(['room', 'seats', 'resume']); // the welcome has the newest of these

let running = null;

// enter gives the visit that runs, or begins it. api is the address of the visit; account:
// who takes part.
export function enter(visitId, api, account) {
  if (running?.visitId === visitId && !running.over) return running;
  running?.leave();
  running = new Call(visitId, api, account);
  return running;
}

export const current = () => (running && !running.over ? running : null);

holdPageWhile(() => Boolean(current()));

class Call extends EventTarget {
  /** @type {any} what the room said last */
  room = null;
  /** @type {any} what carries media now */
  transport;
  /** @type {any} what will, once the room has answered */
  next;
  /** @type {any} the connection of messages */
  line;
  /** @type {any} what the last report was made of */
  before;
  /** @type {any} */
  path;
  deaf = false; // whether the meter stood still since the last report
  visitId = '';
  api = '';
  account = '';
  generation = 0;
  offered = 0; // when the last offer went out
  /** @type {Record<string, boolean>} what this page told of its devices, by kind */
  told = {};
  /** @type {Record<string, boolean>} what the room has agreed to of it */
  agreed = {};
  /** @type {Map<string, string>} of all who were here, by id */
  names = new Map();
  seats = [];
  said = [];
  captions = [];
  wanted = {}; // layers that somebody needs, by kind
  network = null;
  silent = {}; // own devices that give nothing
  lost = false;
  over = null;

  constructor(visitId, api, account) {
    super();
    Object.assign(this, { visitId, api, account, seq: 0, peak: 0 });
    this.sound = new Sound(() => this.changed());
    this.follow = () => this.ownChanged();
    this.moved = () => this.renew();
    own.addEventListener('change', this.follow);
    navigator.connection?.addEventListener?.('change', this.moved);
    this.unhear = ['signed-out', 'turned'].map((news) => hear(news, () => this.leave())); // another person's browser now
    this.clocks = [setInterval(() => this.report(), REPORT), setInterval(() => this.listen(), 200)];
    keepAwake();
    this.begin();
  }

  // listen notes the loudest; null where the meter did not run all of the time and
  // heard nothing, for then nothing is known.
  listen() {
    const now = own.level();
    this.deaf ||= now === null;
    this.peak = Math.max(this.peak, now ?? 0);
  }

  changed() { this.dispatchEvent(new Event('change')); }

  // begin comes back to the place that a page had before it was loaded again.
  async begin() {
    const kept = await get('in-visit');
    this.resume = kept?.visitId === this.visitId ? kept.resume : '';
    if (this.over) return;
    this.line = messages({ hello: () => this.hello(), heard: (m) => this.heard(m), state: (s, why) => this.state(s, why) });
  }

  async hello() {
    this.resumed = Boolean(this.resume);
    if (this.resume) return { path: SOCKET, data: { versions: [1], resume: this.resume, lastSeq: this.seq } };
    const { data } = await ask('POST', `${this.api}/join`, { as: this.account });
    this.iceServers = data.iceServers;
    this.transport?.close();
    this.transport = this.make();
    const offer = await this.transport.offer();
    this.sound.use(this.transport); // only an offer gives the seats their names
    return { path: data.socket, data: { versions: [1], ticket: data.ticket, offer } };
  }

  state(name, why) {
    if (name === 'over' && this.resume && !this.room) { // the place is no longer kept: in by the door
      this.resume = '';
      this.line = messages({ hello: () => this.hello(), heard: (m) => this.heard(m), state: (s, w) => this.state(s, w) });
      return;
    }
    this.lost = name === 'lost';
    if (name === 'over') this.end(why);
    this.changed();
  }

  end(why) {
    this.over = why ?? {};
    this.clocks.forEach(clearInterval);
    own.removeEventListener('change', this.follow);
    navigator.connection?.removeEventListener?.('change', this.moved);
    this.unhear.forEach((stop) => stop());
    this.sound.close();
    this.transport?.close();
    this.next?.close();
    own.close();
    letSleep();
    get('owner').then((owner) => owner === this.account && drop('in-visit'));
  }

  heard({ type, seq, data, ref }) {
    if (seq && seq <= this.seq && INCLUDED.has(type)) return; // missed, and in the welcome
    if (seq) this.seq = Math.max(this.seq, seq);
    const take = {
      welcome: () => this.welcome(data),
      answer: () => this.answered([this.transport, this.next].find((x) => x?.generation === data.generation), data.sdp),
      room: () => this.roomIs(data.room),
      seats: () => this.seat(data.seats),
      sending: () => this.need(data),
      media: () => this.mediaSays(data),
      network: () => { this.network = data; },
      resume: () => this.keep(data.resume),
      chat: () => this.say(data),
      caption: () => this.caption(data),
      error: () => this.dispatchEvent(new CustomEvent('refused', { detail: { ...data, ref } })),
    }[type];
    if (!take) return;
    take();
    this.changed();
  }

  // answered takes an answer. A browser that can't is told to its owner when it has
  // failed again.
  async answered(transport, sdp) {
    try {
      await transport?.answer(sdp);
      this.failures = 0;
    } catch {
      this.failures = (this.failures ?? 0) + 1;
      this.renew();
    }
    this.changed();
  }

  // stands keeps the names too: of who is gone one still speaks.
  stands(room) {
    this.room = room;
    for (const { id, name } of room.people) this.names.set(id, name);
    if (room.you.lacks?.show) own.unfit();
  }

  welcome(data) {
    this.stands(data.room);
    this.iceServers = data.iceServers;
    this.seq = data.seq;
    if (!data.caught) this.said = data.said ?? [];
    this.keep(data.resume);
    this.seat(data.seats);
    this.told = { held: Boolean(data.room.you.held) };
    this.ownChanged();
    this.shown = '';
    this.dispatchEvent(new Event('watch'));
    if (this.resumed) this.compare(data.generation);
  }

  // compare looks whether the server has the same newest connection of media as we: it
  // may have been restarted, or an offer or its answer was lost on the way.
  compare(generation) {
    const stands = (x) => x?.generation === generation && x.pc.remoteDescription;
    if (this.next && !stands(this.next)) this.dropNext();
    const newest = this.next ?? this.transport;
    if (!stands(newest) || ['failed', 'closed', 'disconnected'].includes(newest.pc.connectionState)) this.renew(true);
  }

  // roomIs takes the room as it is now. Where somebody else switched something of ours
  // off, it is off here too; a view from before the room heard us says nothing of that.
  roomIs(room) {
    this.stands(room);
    for (const kind of ['audio', 'video', 'screen']) {
      if (room.you.sends[kind] === this.told[kind]) this.agreed[kind] = true;
      else if (this.agreed[kind] && this.told[kind]) {
        this.told[kind] = false;
        own.off(kind);
      }
    }
  }

  keep(resume) {
    this.resume = resume;
    putOwn('in-visit', { visitId: this.visitId, resume }, this.account);
  }

  seat(seats) {
    this.seats = seats ?? [];
    this.sound.seats(this.seats);
  }

  say(line) {
    if (!this.said.some((s) => s.id === line.id)) this.said.push(line);
  }

  // caption: a sentence that grows stands in the place of its beginning.
  caption(said) {
    const line = { ...said, heard: Date.now() };
    const last = this.captions.findLast((c) => c.from === line.from);
    if (last && !last.final) Object.assign(last, line);
    else this.captions = [...this.captions, line].slice(-KEPT);
  }

  make() {
    this.generation += 1;
    this.offered = Date.now();
    const made = new Transport(this.generation, this.iceServers, (which, state) => this.transportIs(which, state));
    for (const kind of ['audio', 'video', 'screen']) made.put(kind, own.tracks[kind]);
    return made;
  }

  // renew makes a second connection beside the one that runs, which goes on until
  // the new one stands. Soon after another it waits, and is then done if it is sure or
  // the other has failed.
  async renew(sure = false) {
    if (this.over || !this.room || this.next) return;
    const wait = this.offered + AGAIN - Date.now();
    if (this.transport && wait > 0) return void setTimeout(() => (sure ? this.renew(true) : this.transportIs(this.transport, this.transport.pc.connectionState)), wait);
    const made = this.make();
    this.next = made;
    const offer = await made.offer();
    if (!this.line.send('offer', offer)) { // no connection for messages: with the next welcome
      made.close();
      if (this.next === made) this.next = null;
    }
  }

  transportIs(which, state) {
    if (this.over) return;
    if (which === this.next && state === 'connected') this.swap();
    else if (which === this.next && state === 'failed') {
      this.dropNext();
      this.renew();
    } else if (which === this.transport && state === 'failed') this.renew();
    this.changed();
  }

  dropNext() {
    this.next.close();
    this.next = null;
  }

  swap() {
    const old = this.transport;
    [this.transport, this.next, this.before] = [this.next, null, null];
    this.sound.use(this.transport);
    this.sound.seats(this.seats);
    for (const [kind, layer] of Object.entries(this.wanted)) this.transport.need(kind, layer);
    if (old) setTimeout(() => old.close(), OLD);
  }

  need({ kind, layer }) {
    this.wanted[kind] = layer;
    for (const x of [this.transport, this.next]) x?.need(kind, layer);
  }

  mediaSays({ generation, state, kind }) {
    if (kind) this.silent[kind] = state === 'silent';
    else if (state !== 'connected' && generation === (this.transport?.generation ?? 0)) this.renew();
  }

  // ownChanged sends the tracks that there are, and says so.
  ownChanged() {
    for (const kind of ['audio', 'video', 'screen']) {
      for (const x of [this.transport, this.next]) x?.put(kind, own.tracks[kind]);
      const may = kind !== 'screen' || !['supporter', 'interpreter'].includes(this.room?.you.role);
      if (this.told[kind] !== own.on[kind] && may && this.room && this.room.you.role !== 'observer') {
        if (this.command('send', { kind, on: own.on[kind] })) [this.told[kind], this.agreed[kind]] = [own.on[kind], false];
      }
    }
    const held = own.held && own.wish.audio;
    if (this.room && this.room.you.role !== 'observer' && Boolean(this.told.held) !== held && this.command('held', { on: held })) this.told.held = held;
    this.changed();
  }

  async report() {
    if (this.transport?.pc.connectionState !== 'connected') return;
    const now = await look(this.transport.pc);
    if (this.before) {
      const report = between(this.before, now, this.deaf && this.peak === 0 ? null : this.peak);
      this.slow = limits(this.before, now);
      if (this.line.send('report', report)) [this.peak, this.deaf] = [0, false];
    }
    [this.before, this.path] = [now, now];
    this.changed();
  }

  command(verb, more = {}) { return this.line?.send('command', { verb, ...more }, verb); }

  // watch says what is on the page, if that is something else than before.
  watch(shows) {
    const words = JSON.stringify(shows);
    if (words !== this.shown && this.line?.send('watch', { shows })) this.shown = words;
  }

  chat(text, asCaption, language) {
    return asCaption ? this.line.send('caption', { text, language, final: true }, 'caption') : this.line.send('chat', { id: uuid7(), text }, 'chat');
  }

  leave() {
    if (this.over) return;
    this.command('leave');
    this.line?.stop();
    this.end({ code: 'left', closed: 1000 });
    this.changed();
  }
}
