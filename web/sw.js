// Keeps the page in this browser, so that it opens with no network. What it keeps
// of a person (the crisis plan, check-ins that wait) is in IndexedDB; see app/db.js.
// The program puts three constants above this text (web.go): version; files, the
// addresses of all files of the page; pushWords, the words of notes by language. With another version this script is another
// one, and that is how a browser sees that there is something new: Chromium can't
// start a worker of which only an imported file has changed.

import { refreshPlan } from './app/keptplan.js';
import { sendAll } from './app/outbox.js';
import { askAgain } from './app/session.js';
import { openPush, showPush } from './app/pushnote.js';
import { subscribe } from './app/pushes.js';

const CACHE = `handrail-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
  event.waitUntil(straightFromCache(event));
});

// Where the browser can, the files go from the cache to the page past this worker,
// which then need not be started: the plan opens sooner. An address with parameters,
// as links in mails have them, is not in the cache as it is: the worker knows what it
// means, and a route past it would end at a network that may not be there. What the
// clinic's computer is asked goes past it too: a worker that hears of it is busy just
// when it should make room for a newer one.
async function straightFromCache(event) {
  const source = { cacheName: CACHE };
  const patterns = ['/', '/app/*', '/texts/*'];
  await event.addRoutes?.([...patterns.map((pathname) => ({ condition: { urlPattern: { pathname, search: '' }, requestMethod: 'GET' }, source })),
    { condition: { urlPattern: { pathname: '/v1/*' } }, source: 'network' }]);
}

// Either all files of a version are kept or none. What has its content in its name may be
// from the browser's own cache, as the page has just loaded it.
async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((path) => new Request(path, { cache: path.startsWith('/app/packed/') ? 'default' : 'reload' })));
}

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith('handrail-') && n !== CACHE).map((n) => caches.delete(n)));
  await self.clients.claim();
}

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (files.includes(url.pathname)) event.respondWith(fromShell(url.pathname, event.request));
});

async function fromShell(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

self.addEventListener('periodicsync', (event) => {
  if (event.tag === 'plan') event.waitUntil(askAgain().then(refreshPlan));
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(sendAll());
});

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(pushWords, readable(event.data)));
});

// A push that can't be read is shown as one that says to look.
function readable(data) {
  try {
    return data?.json();
  } catch {
    return undefined;
  }
}

self.addEventListener('notificationclick', (event) => {
  event.waitUntil(openPush(event.notification));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(subscribe(self.registration));
});
