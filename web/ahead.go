package web

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
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
// and its worker keeps them. They are those of a file that KeepOpen wrote, unless it is "".
func FilesAhead(by time.Duration, kept string) fs.FS {
	return whenWanted(sync.OnceValue(func() fs.FS {
		all := openFiles
		if kept != "" {
			all = func() fs.FS { return must(keptOpen(kept)) }
		}
		page := all()
		body := must(fs.ReadFile(page, "sw.js"))
		return overlay{page, map[string][]byte{"sw.js": append([]byte(ClockAhead(by)), body...)}}
	}))
}

var openFiles = sync.OnceValue(func() fs.FS { return must(made(true)) })

// KeepOpen writes what is made of the modules into a file, for programs of the same tests:
// to make it is half of what such a program does before it answers.
func KeepOpen(file string) error {
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(openFiles().(overlay).made); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o600)
}

func keptOpen(file string) (fs.FS, error) {
	body, err := os.ReadFile(file)
	all := overlay{built, nil}
	if err == nil {
		err = gob.NewDecoder(bytes.NewReader(body)).Decode(&all.made)
	}
	return all, err
}

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
