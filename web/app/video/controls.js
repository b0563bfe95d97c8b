// The buttons of a visit. Each says in words what a tap will do.

import { h, fill, button } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../texts.js';
import { own, canShare } from './own.js';

// control is a button whose drawing and words follow what is so: face() gives
// {drawing, words, off}.
export function control(face, work, props = {}) {
  const el = button('', work, { kind: 'control', ...props });
  let shown = '';
  const update = () => {
    const now = face();
    el.hidden = Boolean(now.hidden);
    if (now.open !== undefined) el.setAttribute('aria-expanded', String(now.open));
    el.classList.toggle('off', Boolean(now.off));
    const key = now.drawing + now.words + (now.count ?? '');
    if (key === shown) return;
    shown = key;
    fill(el, icon(now.drawing), h('span', now.words), now.count > 0 && h('b.count', now.count));
  };
  return { el, update };
}

// ownControls are those for one's own things; an observer has none of them.
export function ownControls(call) {
  const { role } = call.room.you;
  if (role === 'observer') return [];
  const kinds = [
    control(() => (own.on.audio ? { drawing: 'mic', words: t('call.mute') } : { drawing: 'mic-off', words: t('call.unmute'), off: true }), () => own.mute(own.on.audio)),
    control(() => (own.on.video ? { drawing: 'video', words: t('call.camera.off') } : { drawing: 'video-off', words: t('call.camera.on'), off: true, hidden: call.room.you.lacks?.show }), () => own.camera(!own.on.video)),
    control(() => (call.room.you.hand ? { drawing: 'hand', words: t('call.hand.down') } : { drawing: 'hand', words: t('call.hand.up') }),
      () => call.command('hand', { on: !call.room.you.hand })),
  ];
  if (canShare() && ['lead', 'clinician', 'patient'].includes(role)) {
    kinds.push(control(() => ({ drawing: 'screen', hidden: call.room.you.lacks?.show, words: t(own.on.screen ? 'call.share.stop' : 'call.share') }), () => own.share(!own.on.screen)));
  }
  return kinds;
}
