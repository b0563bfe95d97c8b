// Registers the service worker that keeps the page in this browser, and takes newer
// files over: at a start, or with a change of screen. An installed page may be seen
// again for weeks without a start, so it asks for newer files then. Nothing that
// somebody types is lost by it, and no visit ends.

import { mayRestart } from './restart.js';

const ASK_AFTER = 3_600_000; // milliseconds since this page last asked for newer files
const RETRY = 15_000; // milliseconds until a worker that did not come is asked for again

export async function registerWorker() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registering = untilKept(workers);
  follow(workers);
  const registration = await registering;
  beKept(workers, registration);
  const takeOver = () => mayRestart() && registration.waiting?.postMessage('take-over');
  takeOver();
  addEventListener('hashchange', takeOver);
  askWhenSeen(registration);
  await askForDailyRefresh(registration);
}

// untilKept asks until a worker keeps the page. On a bad network one of its files may not
// come, and a page that stays open for weeks would open no screen without one all that time.
async function untilKept(workers) {
  for (let wait = RETRY; ; wait = Math.min(2 * wait, ASK_AFTER)) {
    const registration = await workers.register('/sw.js', { type: 'module', updateViaCache: 'none' }).catch(() => null);
    if (registration && await hasWorker(registration)) return registration;
    await new Promise((again) => {
      setTimeout(again, wait);
      addEventListener('online', again, { once: true });
    });
  }
}

function hasWorker({ active, waiting, installing }) {
  if (active ?? waiting) return true;
  return installing && new Promise((is) => {
    installing.addEventListener('statechange', () => is(installing.state !== 'redundant'));
  });
}

// A page that was on its way here while the worker took over belongs to no worker, and so
// does one that was loaded past its cache. With no network it could open no further screen.
function beKept(workers, registration) {
  if (!workers.controller) registration.active?.postMessage('claim');
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
