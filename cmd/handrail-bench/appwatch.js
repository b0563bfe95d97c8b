// Watches a page as the person before it would: when its heading stands, when it answers
// to a finger, what jumps, and how long it takes from a tap to the next picture.
(() => {
  if (location.protocol === 'about:') return;
  const seen = globalThis.watched = { heading: 0, says: 0, jumped: 0, movers: [], long: [], taps: [] };
  const name = (node) => `${node?.nodeName ?? 'gone'}.${node?.className ?? ''} ${(node?.textContent ?? '').slice(0, 30)}`;
  const watch = (type, note, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  watch('layout-shift', (e) => { if (e.hadRecentInput) return;
    seen.jumped += e.value;
    for (const one of e.sources) seen.movers.push(`${Math.round(e.startTime)} ms: ${name(one.node)} ${one.previousRect.y} to ${one.currentRect.y}`);
  });
  watch('longtask', (e) => seen.long.push([e.startTime, e.duration]));
  watch('event', (e) => { if (e.interactionId) seen.taps.push([e.interactionId, e.duration]); }, { durationThreshold: 16 });
  const look = () => {
    const h1 = document.querySelector('h1');
    const waits = !h1 || h1.textContent === globalThis.waitWords;
    if (!seen.heading && !waits) seen.heading = performance.now();
    if (seen.heading && (!globalThis.wanted || document.querySelector('main')?.innerText.includes(globalThis.wanted))) {
      seen.says = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
