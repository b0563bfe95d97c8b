package webtest

import (
	"testing"
)

// 10,000 pushes reach a worker whose storage, files and network fail or say nothing, with
// what a push service may hand over: each is a note before anything else is asked for.
func TestEveryPushIsANoteWhateverIsBroken(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	got := eval[string](p, pushesInTrouble)
	if got != "10000 shown, 0 late, 0 rejected, 4 words" {
		t.Error(got)
	}
}

const pushesInTrouble = `(async () => {
  const words = { en: {}, es: {}, ar: {} };
  for (const name of Object.keys(words)) for (const kind of ['look', 'time', 'soon', 'now']) {
    words[name]['push.' + kind + '.title'] = name + kind;
    words[name]['push.' + kind + '.body'] = name + kind + ' body';
  }
  const { showPush } = await import('/app/pushnote.js');
  const real = { open: IDBFactory.prototype.open, fetch: globalThis.fetch, match: CacheStorage.prototype.match };
  const bad = { throws: () => { throw new DOMException('x', 'QuotaExceededError'); }, rejects: () => Promise.reject(new Error('x')), hangs: () => new Promise(() => {}), nothing: () => undefined };
  const ways = Object.values(bad);
  let seen = 0, before = 0, late = 0, rejected = 0, refuse = 0;
  const titles = new Set();
  window.registration = { showNotification: (title, options) => {
    seen += 1;
    titles.add(title);
    if (options.tag && refuse) return Promise.reject(new TypeError('options'));
    return Promise.resolve();
  } };
  const datas = [undefined, null, 'text', 7, [], {}, { kind: 'time', id: 'a' }, { kind: 'soon', id: 'b', epoch: 4 }, { kind: 'now', id: {} }, { kind: 'constructor', id: 'c' }, { kind: 'look', id: '' }];
  addEventListener('unhandledrejection', (event) => { event.preventDefault(); rejected += 1; });
  let shown = 0;
  for (let n = 0; n < 10000; n += 1) {
    IDBFactory.prototype.open = ways[n % 4];
    globalThis.fetch = ways[(n >> 2) % 4];
    CacheStorage.prototype.match = ways[(n >> 4) % 4];
    refuse = n % 3 === 0;
    before = seen;
    showPush(words, datas[n % datas.length]).catch(() => { rejected += 1; });
    if (seen === before) late += 1; else shown += 1;
    if (n % 500 === 0) await new Promise((done) => setTimeout(done));
  }
  Object.assign(IDBFactory.prototype, { open: real.open });
  globalThis.fetch = real.fetch;
  CacheStorage.prototype.match = real.match;
  await new Promise((done) => setTimeout(done, 50));
  return shown + ' shown, ' + late + ' late, ' + rejected + ' rejected, ' + titles.size + ' words';
})()`
