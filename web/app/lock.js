// One at a time, across all tabs of this browser. Where there are no Web Locks (an
// address without TLS), or where they do not answer, it holds within this tab: a tab
// that the phone has frozen can keep a lock for ever.

const PATIENCE = 20_000; // milliseconds that one waits for other tabs
const chains = new Map();

export function exclusively(name, work) {
  return acrossTabs(name, () => inThisTab(name, work), () => inThisTab(name, work));
}

function inThisTab(name, work) {
  const next = (chains.get(name) ?? Promise.resolve()).then(work, work);
  chains.set(name, next.catch(() => {}));
  return next;
}

async function acrossTabs(name, work, otherwise) {
  let began = false;
  const begin = () => {
    began = true;
    return work();
  };
  let giveUp;
  try {
    const late = new AbortController();
    const asked = navigator.locks.request(`handrail-${name}`, { signal: late.signal }, begin);
    const hangs = new Promise((_, no) => {
      giveUp = setTimeout(() => {
        if (began) return;
        late.abort();
        no(new Error('no-answer'));
      }, PATIENCE);
    });
    return await Promise.race([asked, hangs]);
  } catch (problem) {
    if (began) throw problem;
    return otherwise();
  } finally {
    clearTimeout(giveUp);
  }
}
