// Starts the page.

import { get } from './db.js';
import { loadTexts } from './texts.js';
import { buildFrame, putFirst } from './frame.js';
import { startRouter } from './router.js';
import { keepInStep } from './sync.js';
import { keepSending } from './outbox.js';
import { hear } from './bus.js';
import { helpThatWaits } from './latehelp.js';
import { keepPushes } from './pushes.js';
import { registerWorker } from './register.js';

async function start() {
  await loadTexts(await get('me'));
  buildFrame();
  await startRouter();
  hear('outbox', () => helpThatWaits(putFirst));
  registerWorker();
  navigator.serviceWorker?.addEventListener('message', (event) => { if (event.data === 'inbox') location.hash = '#/inbox'; });
  await Promise.all([keepSending(), keepInStep(), keepPushes().catch(() => {})]);
}

start();
