// What the service worker does with a push. A push holds a class, an id and a
// number; the words are from the page's own texts and say nothing of a person.

import { call } from './api.js';
import { get, put } from './db.js';
import { direction, pick } from './texts.js';

const KINDS = ['look', 'time', 'soon', 'now'];

// showPush shows the neutral words of a class. The id is the tag: a push that comes
// twice is one note.
export async function showPush(data) {
  const { kind, id, epoch } = data ?? {};
  const name = await pick(await get('me'));
  const words = await textsOf(name);
  const t = (key) => words[key];
  const known = KINDS.includes(kind) ? kind : 'look';
  await self.registration.showNotification(t(`push.${known}.title`), {
    body: t(`push.${known}.body`), tag: id, data: { id }, lang: name, dir: direction(name), icon: '/icon.svg' });
  if (epoch) await put('reminders-epoch', epoch);
  await receipt(id, 'delivered', { by: 'push' });
}

async function textsOf(name) {
  const path = `/texts/${name}.json`;
  return ((await caches.match(path)) ?? (await fetch(path))).json();
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

// receipt tells the server. Without a network or a sign-in it does not: the server
// then goes on with the next way to reach the person.
async function receipt(id, what, body) {
  if (!id) return;
  try {
    await call('POST', `/v1/me/reminders/${id}/${what}`, { body });
  } catch {
    // see above
  }
}
