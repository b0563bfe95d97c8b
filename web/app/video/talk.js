// What is written in a visit: messages for everybody, and captions of what is said.
// Operations: keepVisitMessages.

import { action } from '../action.js';
import { call as ask } from '../api.js';
import { h, fill, button } from '../dom.js';
import { say } from '../frame.js';
import { t, language } from '../texts.js';
import { keyed } from './keyed.js';
import { nameOf, treats } from './names.js';

const LONGEST = 2000; // characters of a message; a caption takes 500
const SHOWN = 2; // captions at once
const FADE = 9000; // milliseconds after which a caption is no longer shown

const mayCaption = new Set(['lead', 'clinician', 'patient', 'interpreter']);

// talkPart is the panel with the messages.
export function talkPart(call) {
  const { role } = call.room.you;
  const lines = h('ol.lines');
  const log = h('div.chat', { role: 'log', 'aria-label': t('call.chat'), tabindex: '0' }, lines);
  const field = h('input', { id: 'chat-text', maxlength: String(LONGEST), autocomplete: 'off' });
  const caption = h('input', { id: 'chat-caption', type: 'checkbox' });
  const none = h('p.note', t('call.chat.none'));
  const fate = h('p.note');
  const keep = treats(role) && !call.api.startsWith('/v1/conferences/') && h('div.actions', action(t('call.chat.keep'), async () => {
    await ask('POST', `${call.api}/messages`);
    say(t('call.chat.keep.done'));
  }, { kind: 'quiet' }));
  const send = (event) => {
    event.preventDefault();
    const text = field.value.trim().slice(0, caption.checked ? 500 : LONGEST);
    if (text && call.chat(text, caption.checked, language())) field.value = '';
  };
  const el = h('section.panel', { 'aria-label': t('call.chat') },
    h('h2', t('call.chat')), fate, none, log,
    role === 'observer' ? null : h('form', { onsubmit: send, novalidate: true },
      h('div.field', h('label', { for: 'chat-text' }, t('call.chat.write')), field),
      mayCaption.has(role) && h('label.choice', { for: 'chat-caption' }, caption, h('span', t('call.chat.caption'))),
      button(t('call.chat.send'), null, { kind: 'main.small', type: 'submit' })),
    keep);
  const update = () => {
    none.hidden = call.said.length > 0;
    if (keep) keep.hidden = !none.hidden;
    const { keptBy } = call.room;
    const words = keptBy ? t('call.chat.kept.by', { name: keptBy }) : t('call.chat.kept');
    if (fate.textContent !== words) fate.textContent = words;
    const before = lines.childElementCount;
    keyed(lines, call.said, (s) => s.id, (s) => ({ el: h('li', h('b', nameOf(call, s.from)), ' ', h('bdi', s.text)), update() {} }));
    if (lines.childElementCount > before) log.scrollTop = log.scrollHeight;
  };
  return { el, update };
}

// captionPart shows the last captions under the pictures.
export function captionPart(call) {
  const el = h('div.captions', { role: 'log', 'aria-label': t('call.captions') });
  let shown = '';
  const update = () => {
    const now = call.captions.slice(-SHOWN).filter((c) => Date.now() - c.heard < FADE || !c.final);
    const key = now.map((c) => c.from + c.heard + c.text).join();
    if (key === shown) return;
    shown = key;
    fill(el, now.map((c) => h('p', { lang: c.language }, h('b', nameOf(call, c.from)), ' ', h('bdi', c.text))));
    if (now.length > 0) setTimeout(update, FADE);
  };
  return { el, update };
}
