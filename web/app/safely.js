// For what must work when something else does not.

// safely gives what work gives, or otherwise when it throws.
export function safely(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

// within is safely for what takes time: it waits for so many milliseconds.
export const within = (ms, work, otherwise) => Promise.race([
  (async () => work())().catch(() => otherwise),
  new Promise((done) => { setTimeout(done, ms, otherwise); }),
]);

// afterPaint does what a screen need not wait for once it is on the phone's glass: a slow
// phone takes a tenth of a second for its first date, and as long to sign a question.
export const afterPaint = (work) => (document.hidden ? setTimeout : requestAnimationFrame)(() => setTimeout(work));
