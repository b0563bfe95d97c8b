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
import { subscribeAnew } from './app/pushes.js';

const CACHE = `handrail-${version}`;
const PACKED = '/app/packed/';

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
  const own = { cacheName: CACHE };
  const sources = { '/': own, [`${PACKED}*`]: 'cache', '/app/*': own, '/texts/*': own };
  await event.addRoutes?.([...Object.entries(sources).map(([pathname, source]) => ({ condition: { urlPattern: { pathname, search: '' }, requestMethod: 'GET' }, source })),
    { condition: { urlPattern: { pathname: '/v1/*' } }, source: 'network' }]);
}

// Either all files of a version are kept or none. What has its content in its name may be
// from the browser's own cache, as the page has just loaded it. While the clinic changes its
// programs one by one the page itself may come from another one than its files: then this
// version is not whole, the page of before goes on, and the browser asks again later.
async function keepShell() {
  const had = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await cache.addAll(files.map((path) => new Request(path, { cache: path.startsWith(PACKED) ? 'default' : 'reload' })));
    const page = await (await cache.match('/')).text();
    const named = page.match(/\/app\/packed\/[\w.-]+/g) ?? [];
    if (!named.every((path) => files.includes(path))) throw new Error('mixed');
  } catch (problem) {
    if (!had) await caches.delete(CACHE);
    throw problem;
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

// takeOver keeps the files of the version before: a page of it may be open, with a visit in
// it, and want a screen that it has not opened yet.
async function takeOver() {
  const before = (await caches.keys()).filter((name) => name.startsWith('handrail-') && name !== CACHE);
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (files.includes(url.pathname)) event.respondWith(kept(url.pathname, event.request, CACHE));
  else if (url.pathname.startsWith(PACKED)) event.respondWith(kept(url.pathname, event.request));
});

// kept is a file of one version; of any, where its content is in its name.
async function kept(path, request, cacheName) {
  return (await caches.match(path, { cacheName })) ?? fetch(request);
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
  event.waitUntil(subscribeAnew(self.registration));
});
