package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"
	"time"
)

// ClockAhead is a script that sets the clock of the page that it runs in, or of a
// worker, a while ahead of the machine's (behind it, if negative). It is for tests:
// what is asked for the time without a time of its own, Date() and Date.now(), gets
// the other one. What runs by its own clock is left: timers, performance.now(), what
// the browser itself compares. The script may run again in the same place.
func ClockAhead(by time.Duration) string {
	return fmt.Sprintf(clockAhead, by.Milliseconds())
}

const clockAhead = `{
  const machine = Date.machine ?? Date;
  const now = () => machine.now() + %d;
  globalThis.Date = new Proxy(machine, {
    get: (of, name) => ({ now, machine })[name] ?? Reflect.get(of, name),
    apply: () => new machine(now()).toString(),
    construct: (of, args, as) => Reflect.construct(of, args.length ? args : [now()], as === globalThis.Date ? of : as),
  });
}
`

// FilesAhead is Files with a worker whose clock is ahead; for tests. Its plain modules pass
// on what is in the packed ones, so that a test which imports one has the page's own state,
// and its worker keeps them.
func FilesAhead(by time.Duration) fs.FS {
	return whenWanted(sync.OnceValue(func() fs.FS {
		all := openFiles()
		body := must(fs.ReadFile(all, "sw.js"))
		return overlay{all, map[string][]byte{"sw.js": append([]byte(ClockAhead(by)), body...)}}
	}))
}

var openFiles = sync.OnceValue(func() fs.FS { return must(made(true)) })

// keptForTests are the modules that tests import with no network. The worker keeps these
// and no others: to keep all that there are took longer than to keep the page.
var keptForTests = []string{"api", "aside", "db", "format", "keptplan", "learn", "lock", "outbox", "session", "texts", "uuid"}

// keepsOpen is a worker that keeps modules for tests.
func keepsOpen(worker []byte, modules map[string][]byte) ([]byte, error) {
	texts := map[string]string{}
	for _, module := range keptForTests {
		name := "app/" + module + ".js"
		texts["/"+name] = string(modules[name])
	}
	list, err := json.Marshal(texts)
	return fmt.Appendf(worker, keepOpen, list), err
}

const keepOpen = `self.addEventListener('install', (event) => event.waitUntil(caches.open('handrail-' + version).then((cache) => Promise.all(
  Object.entries(%s).map(([path, text]) => cache.put(path, new Response(text, { headers: { 'Content-Type': 'text/javascript' } })))))));
`
