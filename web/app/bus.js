// News that other parts of the page, and other tabs, want to hear: 'signed-in',
// 'signed-out' (this browser is empty), 'parted' (signed out, the plan is here), 'back'
// (signed in again by itself), 'outbox', 'plan', 'help'. The news is a name; what it is about is in db.

const here = new EventTarget();
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel('handrail') : null;
if (tabs) tabs.onmessage = (event) => here.dispatchEvent(new Event(event.data));

export function tell(news) {
  here.dispatchEvent(new Event(news));
  tabs?.postMessage(news);
}

export function hear(news, listener) {
  here.addEventListener(news, listener);
  return () => here.removeEventListener(news, listener);
}
