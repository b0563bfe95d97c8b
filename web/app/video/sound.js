// What is heard: one player for each seat, outside of the screens, so that a look
// at another screen does not cut anybody's sound.

import { h } from '../dom.js';
import { own } from './own.js';

const SOFT = 0.2; // of full: somebody over whom an interpreter speaks

export class Sound {
  players = new Map();
  box = h('div', { hidden: true });
  blocked = false;

  constructor(changed) {
    this.changed = changed;
    document.body.append(this.box);
    this.route = () => [...this.players.values()].forEach(playOn);
    // A phone call stops the players of a page, and some browsers let them stand.
    this.seen = () => !document.hidden && this.play();
    own.addEventListener('change', this.route);
    document.addEventListener('visibilitychange', this.seen);
  }

  use(transport) {
    this.box.replaceChildren();
    this.players.clear();
    for (const mid of transport.hearing) {
      const player = h('audio', { autoplay: true });
      player.srcObject = transport.stream(mid);
      player.onpause = () => player.isConnected && !document.hidden && this.play();
      playOn(player);
      this.players.set(mid, player);
      this.box.append(player);
    }
    this.play();
  }

  // play starts them all; a browser may want a tap first.
  async play() {
    const tries = await Promise.allSettled([...this.players.values()].map((p) => p.play()));
    const blocked = tries.some((one) => one.status === 'rejected' && one.reason.name === 'NotAllowedError');
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.changed();
  }

  seats(list) {
    for (const seat of list) {
      const player = this.players.get(seat.mid);
      if (player) player.volume = seat.soft ? SOFT : 1;
    }
  }

  close() {
    own.removeEventListener('change', this.route);
    document.removeEventListener('visibilitychange', this.seen);
    this.box.remove();
  }
}

// playOn puts a player on the chosen speaker, where the browser can do so.
function playOn(player) {
  if ((player.sinkId ?? '') !== own.speaker) player.setSinkId?.(own.speaker).catch(() => {}); // it went away: own.look sees that
}
