// Registers the service worker that keeps the page in this browser, and takes newer
// files over: at a start, or with a change of screen. An installed page may be seen
// again for weeks without a start, so it asks for newer files then. Nothing that
// somebody types is lost by it, and no visit ends.

import { mayRestart } from './restart.js';

const ASK_AFTER = 3_600_000; // milliseconds since this page last asked for newer files

export async function registerWorker() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registering = workers.register('/sw.js', { type: 'module', updateViaCache: 'none' });
  follow(workers);
  const registration = await registering;
  const takeOver = () => mayRestart() && registration.waiting?.postMessage('take-over');
  takeOver();
  addEventListener('hashchange', takeOver);
  askWhenSeen(registration);
  await askForDailyRefresh(registration);
}

// follow starts the page anew under another worker: at once on a screen that nobody
// has touched, otherwise with the next change of screen.
function follow(workers) {
  let touched = false;
  let newer = false;
  let first = !workers.controller; // the first worker has the same files as this page
  const restart = () => newer && mayRestart() && location.reload();
  for (const event of ['input', 'keydown', 'pointerdown']) addEventListener(event, () => { touched = true; }, { capture: true });
  addEventListener('hashchange', () => {
    touched = false;
    restart();
  });
  workers.addEventListener('controllerchange', () => {
    newer = !first;
    first = false;
    if (!touched) restart();
  });
}

function askWhenSeen(registration) {
  let asked = Date.now();
  const ask = () => {
    if (document.visibilityState !== 'visible' || Math.abs(Date.now() - asked) < ASK_AFTER) return;
    asked = Date.now();
    registration.update().catch(() => {}); // no network: the next time
  };
  document.addEventListener('visibilitychange', ask);
  addEventListener('pageshow', ask);
  addEventListener('online', ask);
}

// Where the browser offers it, the plan is made new once a day with the page closed.
async function askForDailyRefresh(registration) {
  try {
    await registration.periodicSync?.register('plan', { minInterval: 24 * 3600 * 1000 });
  } catch {
    // not allowed here: the plan is then made new when the page is opened
  }
}
