package web

import (
	"fmt"
	"io/fs"
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

// FilesAhead is Files with a worker whose clock is ahead; for tests.
func FilesAhead(by time.Duration) fs.FS {
	worker, err := fs.ReadFile(Files(), "sw.js")
	if err != nil {
		panic("web: " + err.Error()) // built in; a test reads it
	}
	return overlay{Files(), "sw.js", append([]byte(ClockAhead(by)), worker...)}
}
