// Putting the page on the home screen, as far as it must be known before anybody asks.

import { safely } from './safely.js';

let offered = null; // what Chromium gives a page that can be put on the home screen

export const canPut = () => Boolean(offered);

// onHomeScreen tells whether the page was opened from there.
export const onHomeScreen = () => safely(() => matchMedia('(display-mode: standalone)').matches || Boolean(/** @type {any} */ (navigator).standalone), false);

export function watchOffers() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault(); // when the person asks for it, and not before
    offered = event;
  });
  addEventListener('appinstalled', () => { offered = null; });
  if (onHomeScreen()) safely(() => navigator.storage.persist().catch(() => {})); // no browser asks the person there
}

// putThere opens the browser's own question; true: the person said yes.
export async function putThere() {
  const event = offered;
  offered = null;
  await event.prompt();
  return (await event.userChoice).outcome === 'accepted';
}
