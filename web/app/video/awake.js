// Keeps the screen on from the waiting room to the end of a visit. A browser takes the
// lock away when the page is hidden; one that has none is left alone.

let wanted = false;
let lock = null;

async function ask() {
  if (!wanted || document.hidden || (lock && !lock.released)) return;
  try {
    const got = await navigator.wakeLock?.request('screen');
    if (!got) return;
    if (wanted && !(lock && !lock.released)) lock = got;
    else await got.release();
  } catch { // low battery, or not allowed: the screen may sleep, the visit goes on
  }
}

export function keepAwake() {
  wanted = true;
  document.addEventListener('visibilitychange', ask);
  return ask();
}

export async function letSleep() {
  wanted = false;
  document.removeEventListener('visibilitychange', ask);
  const had = lock;
  lock = null;
  await had?.release?.().catch(() => {});
}
