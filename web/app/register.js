// Registers the service worker that keeps the page in this browser. A new version
// of the page takes over at the next start, before the person has typed anything.

const SETTLE = 3_000; // milliseconds after the start in which a reload disturbs nobody

export async function registerWorker() {
  if (!navigator.serviceWorker) return;
  const started = Date.now();
  const had = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (had && Date.now() - started < SETTLE) location.reload();
  });
  const registration = await navigator.serviceWorker.register('/sw.js', { type: 'module', updateViaCache: 'none' });
  registration.waiting?.postMessage('take-over');
  await askForDailyRefresh(registration);
}

// Where the browser offers it, the plan is made new once a day with the page closed.
async function askForDailyRefresh(registration) {
  try {
    await registration.periodicSync?.register('plan', { minInterval: 24 * 3600 * 1000 });
  } catch {
    // not allowed here: the plan is then made new when the page is opened
  }
}
