// One at a time, across all tabs of this browser. Where there are no Web Locks
// (an address without TLS) it holds within this tab.

const chains = new Map();

export function exclusively(name, work) {
  if (globalThis.navigator?.locks) return navigator.locks.request(`handrail-${name}`, work);
  const next = (chains.get(name) ?? Promise.resolve()).then(work, work);
  chains.set(name, next.catch(() => {}));
  return next;
}
