package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// run is one call of go test.
type run struct {
	name string   // what stands before its packages in the figures
	env  []string // of its own
	args []string
	// before makes what the tests need; nil: nothing.
	before func(context.Context) error
}

// roomy lets a linter use more memory before it looks for what it needs no longer, for a
// fifth less of the processor's time (decision 0173).
const roomy = "GOGC=300"

// roomier is the same for compilers, which are many and small: up to what the largest package
// takes anyway.
var roomier = []string{"GOGC=800", "GOMEMLIMIT=2GiB"}

// asUsual starts a test without what is for the go command alone. A test that saw GOTMPDIR
// would put its own folders there too (testing.T.TempDir).
const asUsual = "-exec=env -u GOGC -u GOMEMLIMIT -u GOTMPDIR"

// event is a line of go test -json; see go doc test2json.
type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64 // seconds
}

// goTest runs the tests and tells at once of each package how it went; of what failed,
// all that it said.
func goTest(ctx context.Context, r run) error {
	if r.before != nil {
		if err := r.before(ctx); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-timeout=15m", "-vet=off", asUsual}, r.args...)...)
	cmd.Env = slices.Concat(os.Environ(), []string{"HANDRAIL_TEST_REQUIRE_BROWSER=1", "HANDRAIL_TEST_REQUIRE_PROXIES=1", "CGO_ENABLED=1"}, roomier, r.env)
	cmd.Stderr = os.Stderr
	lines, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := reader{name: r.name, said: map[string][]string{}}.read(lines)
	err = cmd.Wait()
	spent.cpu(cmd.ProcessState)
	if err == nil {
		err = readErr
	}
	if err != nil {
		return fmt.Errorf("go test %s%s: %w", strings.Join(r.env, " ")+" ", strings.Join(r.args, " "), err)
	}
	return nil
}

// reader keeps what tests say until it is known how they end.
type reader struct {
	name string
	said map[string][]string
}

// screen is written by all lanes.
var screen sync.Mutex

func (r reader) read(from io.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			e = event{Action: "output", Output: lines.Text() + "\n"} // of the go command itself
			tell(e.Output)
		}
		r.take(e)
	}
	return lines.Err()
}

func (r reader) take(e event) {
	key := e.Package + " " + e.Test
	took := time.Duration(e.Elapsed * float64(time.Second))
	switch {
	case e.Action == "build-output":
		tell(e.Output)
	case e.Action == "output":
		r.said[key] = append(r.said[key], e.Output)
	case e.Action != "pass" && e.Action != "fail" && e.Action != "skip":
	case e.Test == "":
		if e.Action == "fail" {
			tell(slices.Concat(r.said[key], []string{"FAIL " + r.label(e.Package) + "\n"})...)
		} else if took > 0 {
			tell(fmt.Sprintf("ok   %-50s %s\n", r.label(e.Package), short(took)))
			spent.pkg(r.label(e.Package), took)
		}
	default:
		if e.Action == "fail" {
			tell(r.said[key]...)
		}
		if !strings.Contains(e.Test, "/") { // a part's time is in the whole's
			spent.test(r.label(e.Package)+" "+e.Test, took)
		}
		delete(r.said, key)
	}
}

func (r reader) label(pkg string) string {
	if r.name == "" {
		return pkg
	}
	return pkg + " (" + r.name + ")"
}

func tell(lines ...string) {
	screen.Lock()
	defer screen.Unlock()
	fmt.Print(strings.Join(lines, ""))
}
