// The pictures of a visit: all side by side, or who speaks large and the others
// small. It tells the server what is on the page, so that nothing else is sent.

import { h } from '../dom.js';
import { own } from './own.js';
import { keyed } from './keyed.js';
import { tile } from './tile.js';

const LOUD = 0.03; // of full: this is speech and not a breath
const HOLD = 2000; // milliseconds for which the large picture stays
const LOOK = 300;
const MOST = 1080; // lines; more is never sent

export class Stage {
  view = 'grid';
  /** @type {any[]} */
  tiles = [];
  speaker = '';
  since = 0;

  constructor(call) {
    this.call = call;
    this.el = h('div.stage');
    this.hidden = () => this.watch();
    document.addEventListener('visibilitychange', this.hidden);
    this.sizes = new ResizeObserver(() => this.watch());
    this.sizes.observe(this.el);
    this.clock = setInterval(() => this.listen(), LOOK);
  }

  items() {
    const { you, people } = this.call.room;
    const inside = people.filter((p) => p.place === 'inside');
    const of = (person, kind, mine) => ({ key: `${kind} ${person.id}`, person, kind, own: mine });
    return [
      ...inside.filter((p) => p.sends.screen).map((p) => of(p, 'screen')),
      ...inside.map((p) => of(p, 'video')),
      ...(you.role === 'observer' ? [] : [of({ ...you, sends: { ...you.sends, audio: own.on.audio } }, 'video', true)]),
    ];
  }

  // large is what is drawn large: a screen, or in the speaker's view who speaks.
  large(items) {
    const screen = items.find((i) => i.kind === 'screen');
    if (screen || this.view !== 'speaker') return screen?.key ?? '';
    return (items.find((i) => i.person.id === this.speaker && !i.own) ?? items.find((i) => !i.own))?.key ?? '';
  }

  draw() {
    const items = this.items();
    const large = this.large(items);
    this.el.dataset.view = large ? 'large' : 'grid';
    this.el.dataset.many = items.length > 6 ? 'many' : String(items.length);
    this.tiles = keyed(this.el, items, (i) => i.key, () => tile(this.call));
    items.forEach((item, i) => {
      this.tiles[i].item = item;
      this.tiles[i].el.classList.toggle('large', item.key === large);
      this.tiles[i].el.classList.toggle('speaks', item.kind === 'video' && item.person.id === this.speaker && this.speaking);
    });
    this.watch();
  }

  show(view) {
    this.view = view;
    this.draw();
  }

  watch() {
    if (!this.tiles) return;
    const dense = (el) => Math.min(MOST, Math.round(el.clientHeight * devicePixelRatio));
    const shows = document.hidden ? [] : this.tiles.filter(({ item, el }) => !item.own && item.person.sends[item.kind] && el.clientHeight > 0)
      .map(({ item, el }) => ({ person: item.person.id, kind: item.kind, height: dense(el), first: el.classList.contains('large') }))
      .sort((a, b) => b.first - a.first)
      .map(({ person, kind, height }) => ({ person, kind, height }));
    this.call.watch(shows);
  }

  // listen finds who speaks. A short word in between does not change the picture.
  listen() {
    const { call } = this;
    if (!call.transport || !this.tiles) return;
    const loudest = call.seats.filter((s) => s.kind === 'audio' && s.person)
      .map((s) => ({ person: s.person, loud: call.transport.loudness(s.mid) }))
      .sort((a, b) => b.loud - a.loud)[0];
    const speaking = Boolean(loudest) && loudest.loud > LOUD;
    const other = speaking && loudest.person !== this.speaker && Date.now() - this.since > HOLD;
    if (other) [this.speaker, this.since] = [loudest.person, Date.now()];
    if (!other && speaking === this.speaking) return;
    this.speaking = speaking;
    this.draw();
  }

  close() {
    document.removeEventListener('visibilitychange', this.hidden);
    this.sizes.disconnect();
    clearInterval(this.clock);
    this.call.watch([]);
  }
}
