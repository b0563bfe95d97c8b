// News that other parts of the page, and other tabs, want to hear: 'signed-out',
// 'outbox', 'plan', 'help'. The news is a name; what it is about is in db.

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
