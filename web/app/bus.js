// News that other parts of the page, and other tabs, want to hear: 'signed-in',
// 'signed-out' (this browser is empty), 'parted' (signed out, the plan is here), 'back'
// (signed in again by itself), 'turned' (another person is in front), 'locked', 'unlocked',
// 'outbox', 'plan', 'storage', 'time'. The news is a name; what it is about is in db.

import { safely } from './safely.js';

const here = new EventTarget();
const tabs = safely(() => new BroadcastChannel('handrail'), null); // some private windows throw
if (tabs) tabs.onmessage = (event) => here.dispatchEvent(new Event(event.data));

export function tell(news) {
  here.dispatchEvent(new Event(news));
  safely(() => tabs?.postMessage(news));
}

export function hear(news, listener) {
  here.addEventListener(news, listener);
  return () => here.removeEventListener(news, listener);
}
