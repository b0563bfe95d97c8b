// Starts the page. What is asked of this phone may fail or hang: the page comes up
// without it. What nobody should wait for comes after.

import { get } from './db.js';
import { guessTexts, loadTexts } from './texts.js';
import { buildFrame, drawFrame, putFirst } from './frame.js';
import { show, startRouter } from './router.js';
import { keepInStep } from './sync.js';
import { keepSending } from './outbox.js';
import { hear } from './bus.js';
import { helpThatWaits } from './latehelp.js';
import { learn } from './numbers.js';
import { keepPushes } from './pushes.js';
import { registerWorker } from './register.js';
import { isShut } from './idlelock.js';
import { learnFace } from './appface.js';
import { watchOffers } from './homescreen.js';
import { safely, within } from './safely.js';

const PATIENCE = 400; // milliseconds that help may wait for its words in this language
const LONGER = 5000; // any other screen

async function start() {
  watchOffers();
  guessTexts();
  buildFrame();
  const dressed = learnFace().then(() => drawFrame()).catch(() => {});
  const words = get('me').then(loadTexts).then(() => true);
  const known = within(PATIENCE, learn);
  if (!(await within(location.hash === '#/help' ? PATIENCE : LONGER, () => words, false))) words.then(() => show({ quiet: true })).catch(() => {});
  await Promise.all([known, within(PATIENCE, () => dressed)]);
  await startRouter();
  hear('outbox', () => isShut() || helpThatWaits(putFirst).catch(() => {}));
  safely(() => navigator.serviceWorker.addEventListener('message', (event) => { if (event.data === 'inbox') location.hash = '#/inbox'; }));
  await Promise.all([registerWorker(), keepSending(), keepInStep(), keepPushes()].map((work) => work.catch(() => {})));
}

start();
