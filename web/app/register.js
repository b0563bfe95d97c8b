// Registers the service worker that keeps the page in this browser. A new version
// of the page takes over at the next start: at once while nothing is typed yet,
// otherwise with the next change of screen.

export async function registerWorker() {
  if (!navigator.serviceWorker) return;
  let typed = false;
  addEventListener('input', () => { typed = true; }, { once: true });
  const first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (first) return; // the first worker has the same files as this page
    if (typed) addEventListener('hashchange', () => location.reload(), { once: true });
    else location.reload();
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
