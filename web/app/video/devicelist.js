// The devices that can be chosen, where there is a choice: in the check before a visit
// and inside of it. The lists follow what is plugged in and taken out.

import { h } from '../dom.js';
import { t } from '../texts.js';
import { selectField } from '../forms.js';
import { devices, follow } from './devices.js';
import { own } from './own.js';

const canSwitch = { audio: () => own.tracks.audio, video: () => own.tracks.video, speaker: () => HTMLMediaElement.prototype.setSinkId };
const inUse = (kind) => (kind === 'speaker' ? own.speaker || 'default' : own.tracks[kind]?.getSettings().deviceId);

// deviceList is the list of one kind; it is empty where there is nothing to choose.
export function deviceList(kind) {
  const el = h('div');
  let field = null;
  let drawn = '';
  const update = async () => {
    const all = canSwitch[kind]() ? await devices(kind) : [];
    const key = all.map((d) => d.deviceId + d.label).join();
    if (key !== drawn) {
      drawn = key;
      field = all.length > 1 ? chooser(kind, all) : null;
      el.replaceChildren(...(field ? [field.el] : []));
    }
    if (field && document.activeElement !== field.input) field.input.value = inUse(kind) ?? '';
  };
  return { el, update };
}

function chooser(kind, all) {
  const field = selectField(kind, t(`check.${kind}.which`), all.map((d) => [d.deviceId, d.label]), { value: inUse(kind) });
  field.input.addEventListener('change', () => (kind === 'speaker' ? own.playOn(field.read()) : own.choose(kind, field.read())));
  return field;
}

// devicePart is the panel inside of a visit.
export function devicePart(call) {
  const kinds = call.room.you.role === 'observer' ? ['speaker'] : ['audio', 'video', 'speaker'];
  const lists = kinds.map(deviceList);
  const update = async () => {
    await Promise.all(lists.map((list) => list.update()));
    none.hidden = lists.some((list) => list.el.childElementCount > 0);
  };
  const none = h('p.note', t('call.devices.one'));
  const unfollow = follow(update);
  return { el: h('section.panel', { 'aria-label': t('call.devices') }, h('h2', t('call.devices')), lists.map((list) => list.el), none), update, stop: unfollow };
}
