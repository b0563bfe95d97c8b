// What people in a visit are called, and the first sign of a name for a tile
// without a picture.

import { has, t } from '../texts.js';
import { languageName } from '../format.js';

export const roleName = (role) => (has(`call.role.${role}`) ? t(`call.role.${role}`) : '');
export const nameOf = (call, id) => (id === call.room?.you.id ? t('call.you') : call.names.get(id) ?? t('call.somebody'));
export const initials = (name) => name.split(/\s+/).filter((w) => !w.endsWith('.')).slice(0, 2).map((w) => [...w][0]).join('');
// lackOf names what somebody's browser can't do (docs/signaling.md), the sound first.
export function lackOf(person) {
  const { speak, hear, show, see } = person?.lacks ?? {};
  if (speak || hear) return speak && hear && show && see ? 'all' : speak && hear ? 'sound' : speak ? 'speak' : 'hear';
  return show && see ? 'pictures' : show ? 'show' : see ? 'see' : '';
}

export const treats = (role) => role === 'lead' || role === 'clinician';

// channels are the languages that interpreters speak into now.
export const channels = (room) => [...new Set([...room.people, room.you].filter((p) => p.role === 'interpreter' && p.speaks).map((p) => p.speaks))];
export const channelName = (tag) => (tag ? languageName(tag) : t('call.floor'));
