// How the check-ins of this phone stand. "Sent" means that the clinic's computer
// has it, and never that somebody has read it.

import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './texts.js';
import { dateTime } from './format.js';
import { dropWaiting } from './db.js';
import { action } from './action.js';
import { tell } from './bus.js';

export const standWords = (entry) =>
  h('p.state', icon(entry.state === 'sent' ? 'check' : 'clock'), t(`outbox.${entry.state}`));

// outboxPart lists what waits or was refused. What is sent needs no words here.
export function outboxPart(entries) {
  const open = entries.filter((e) => e.state !== 'sent');
  if (open.length === 0) return null;
  return h('section.card', h('h2', t('outbox.title')), h('ul.plain', open.map((entry) => h('li', standWords(entry),
    h('p.note', t('outbox.made', { time: dateTime(entry.madeAt) })),
    entry.state === 'waiting' && h('p.note', t('outbox.waiting.more')),
    entry.state === 'refused' && [h('p.note', t('outbox.refused.more')), action(t('outbox.drop'), () => drop(entry), { kind: 'quiet.small' })]))));
}

async function drop(entry) {
  await dropWaiting(entry.id);
  tell('outbox');
}
