// When one can join a visit by video, and the button for it.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';

// doorState is 'none', 'early', 'open' or 'over'.
export function doorState({ door }, now = Date.now()) {
  if (!door) return 'none';
  if (now < Date.parse(door.opens)) return 'early';
  return now > Date.parse(door.closes) ? 'over' : 'open';
}

// joinButton is there while the door is open.
export const joinButton = (visit, href, kind = 'main') => doorState(visit) === 'open'
  && h(`a.button.${kind}`, { href }, icon('video'), t('join.button'));
