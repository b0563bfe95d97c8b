// How the check-ins of this phone stand. "Sent" means that the clinic's computer
// has it, and never that somebody has read it.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { dateTime } from './format.js';
import { dropWaiting } from './db.js';
import { action } from './action.js';
import { tell } from './bus.js';

export const standWords = (entry) => [
  h('p.state', icon(entry.state === 'sent' ? 'check' : 'clock'), t(`outbox.${entry.state}`)),
  h('p.note', t(`outbox.${entry.state}.more`)),
  entry.state === 'waiting' && entry.code && h('p.note', t('outbox.not-yet')),
  entry.state !== 'sent' && entry.heldOnly && h('p.warn', t('outbox.held')),
  notesOf(entry).map((text) => h('p.note', text)),
];

// notesOf says what the clinic's computer could not take as it was. All of it was kept.
const notesOf = (entry) => noteKinds(entry.notes).map((kind) => t(`outbox.note.${kind === 'form' ? 'other' : kind}`));

const kinds = { zone: 'zone', answeredAt: 'time', formVersion: 'form' };

// noteKinds sorts the notes of a check-in (checkin.Note) into 'answers', 'form',
// 'time', 'zone' and 'other', each once.
export function noteKinds(notes = []) {
  const found = new Set(notes.map(({ field }) => kinds[field] ?? (/^(answers|instruments)/.test(field) ? 'answers' : 'other')));
  return ['answers', 'form', 'time', 'zone', 'other'].filter((kind) => found.has(kind));
}

// outboxPart lists what waits or was refused. What is sent needs no words here.
export function outboxPart(entries) {
  const open = entries.filter((e) => e.state !== 'sent');
  if (open.length === 0) return null;
  return h('section.card', h('h2', t('outbox.title')), h('ul.plain', open.map((entry) => h('li', standWords(entry),
    h('p.note', t('outbox.made', { time: dateTime(entry.madeAt) })),
    entry.state === 'refused' && [action(t('outbox.drop'), () => drop(entry), { kind: 'quiet.small' })]))));
}

async function drop(entry) {
  await dropWaiting(entry.id);
  tell('outbox');
}
