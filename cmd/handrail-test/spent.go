package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"
)

// spent is where the time of this run went.
var spent = times{began: time.Now()}

// How many packages and tests are named at the end.
const slowPackages, slowTests = 12, 20

// times collects from all lanes.
type times struct {
	began                  time.Time
	mu                     sync.Mutex
	steps, packages, tests []took
	processor              time.Duration // of all cores, with what the tests started
}

type took struct {
	name string
	time time.Duration
}

func (t *times) step(name string, d time.Duration) { t.note(&t.steps, name, d) }

func (t *times) pkg(name string, d time.Duration) { t.note(&t.packages, name, d) }

func (t *times) test(name string, d time.Duration) { t.note(&t.tests, name, d) }

func (t *times) note(list *[]took, name string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*list = append(*list, took{name, d})
}

// cpu adds that of a program that has ended; nil: it did not start.
func (t *times) cpu(of *os.ProcessState) {
	if of == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.processor += of.UserTime() + of.SystemTime()
}

// print tells it, the slowest first.
func (t *times) print(out io.Writer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(out, "\n== where the time went: %s, and %s of processor time\n", short(time.Since(t.began)), short(t.processor))
	for _, s := range t.steps {
		fmt.Fprintf(out, "   %8s  %s\n", short(s.time), s.name)
	}
	slowest(out, "packages", t.packages, slowPackages)
	slowest(out, "tests", t.tests, slowTests)
}

func slowest(out io.Writer, what string, all []took, most int) {
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b took) int { return cmp.Compare(b.time, a.time) })
	fmt.Fprintf(out, "-- the slowest of %d %s\n", len(all), what)
	for _, s := range all[:min(most, len(all))] {
		fmt.Fprintf(out, "   %8s  %s\n", short(s.time), s.name)
	}
}

func short(d time.Duration) string { return d.Round(100 * time.Millisecond).String() }
