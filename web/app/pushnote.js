// What the service worker does with a push. A push holds a class, an id and a
// number; the words are from the page's own texts and say nothing of a person.

import { call } from './api.js';
import { get } from './db.js';
import { safely } from './safely.js';
import { direction, pick } from './texts.js';

const KINDS = ['look', 'time', 'soon', 'now'];

// showPush shows the neutral words of a class, before it asks this phone or the network
// for anything: a browser takes pushes away from a page that shows none (Safari after
// three), and whatever is broken then must not break this. words: the few texts by
// language, which are in the worker. The id is the tag: a push that comes twice is one
// note. It never throws.
export function showPush(words, data) {
  const known = data && typeof data === 'object' ? data : {};
  const first = inLanguage(words);
  const shown = note(words, known, first);
  return Promise.allSettled([shown, shown.then(() => inOwnLanguage(words, known, first)), receipt(known.id, 'delivered', { by: 'push' })]);
}

// inLanguage is the browser's, as far as a worker knows without asking.
function inLanguage(words) {
  const tags = safely(() => [...(navigator.languages ?? []), navigator.language], []);
  return tags.map((tag) => String(tag).slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(words, tag)) ?? 'en';
}

// note is never async before it has shown something.
function note(words, { kind, id }, name) {
  const known = KINDS.includes(kind) ? kind : 'look';
  const [title, body] = [words[name][`push.${known}.title`], words[name][`push.${known}.body`]];
  const tag = typeof id === 'string' ? id : undefined;
  const show = (options) => self.registration.showNotification(title, options);
  return show({ body, tag, data: { id: tag }, lang: name, dir: direction(name), icon: '/plain-180.png' }).catch(() => show({ body }));
}

// inOwnLanguage says it again, in the place of the first, for who chose another language
// here than the browser's.
async function inOwnLanguage(words, known, first) {
  const name = await pick(await get('me'));
  if (name !== first && typeof known.id === 'string') await note(words, known, name);
}

// openPush brings the page to the inbox.
export async function openPush(notification) {
  notification.close();
  await Promise.allSettled([showInbox(), receipt(notification.data?.id, 'opened')]);
}

async function showInbox() {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return self.clients.openWindow('/#/inbox');
  page.postMessage('inbox');
  return page.focus();
}

// receipt tells the server. Without a network or a sign-in it does not, nor for somebody who is
// set aside on this phone: the server then goes on with the next way to reach the person.
async function receipt(id, what, body) {
  if (!id) return;
  try {
    await call('POST', `/v1/me/reminders/${id}/${what}`, { body });
  } catch {
    // see above
  }
}
