// Starts the page. What is asked of this phone may fail or hang: the page comes up
// without it. What nobody should wait for comes after.

import { firstIsOver, get, readFirst } from './db.js';
import { guessTexts, loadTexts } from './texts.js';
import { buildFrame, drawFrame, putFirst } from './frame.js';
import { show, startRouter } from './router.js';
import { find } from './routes.js';
import { keepSending } from './outbox.js';
import { hear } from './bus.js';
import { helpThatWaits } from './latehelp.js';
import { learn } from './numbers.js';
import { registerWorker } from './register.js';
import { isShut } from './idlelock.js';
import { learnFace } from './appface.js';
import { watchOffers } from './homescreen.js';
import { safely, within } from './safely.js';

const PATIENCE = 400; // milliseconds that help may wait for its words in this language
const LONGER = 5000; // any other screen
const RETRY = 15_000; // milliseconds until a file that did not come is asked for again

// keepBehind brings what no screen waits for once one stands.
async function keepBehind() {
  for (;;) {
    const behind = await import('./behind.js').catch(() => null);
    if (behind) return behind.keepBehind();
    await new Promise((again) => { setTimeout(again, RETRY); });
  }
}

async function start() {
  watchOffers();
  safely(readFirst);
  // Where the page is kept the screen's own file costs nothing: it comes while the rest is asked.
  safely(() => navigator.serviceWorker.controller && find(location.hash)?.route.show.ahead?.());
  guessTexts();
  buildFrame();
  const dressed = learnFace().then(() => drawFrame()).catch(() => {});
  const words = get('me').then(loadTexts).then(() => true);
  const known = within(PATIENCE, learn);
  if (!(await within(location.hash === '#/help' ? PATIENCE : LONGER, () => words, false))) words.then(() => show({ quiet: true })).catch(() => {});
  await Promise.all([known, within(PATIENCE, () => dressed)]);
  await startRouter();
  firstIsOver();
  hear('outbox', () => isShut() || helpThatWaits(putFirst).catch(() => {}));
  safely(() => navigator.serviceWorker.addEventListener('message', (event) => { if (event.data === 'inbox') location.hash = '#/inbox'; }));
  await Promise.all([registerWorker(), keepSending(), keepBehind()].map((work) => work.catch(() => {})));
}

start();
