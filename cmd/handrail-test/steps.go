package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// command runs a program with its output on ours.
func command(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), env...)
	return cmd.Run()
}

func format(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "gofmt", "-l", ".").Output()
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(out)) > 0 {
		return fmt.Errorf("these files want gofmt:\n%s", out)
	}
	return nil
}

func vet(ctx context.Context) error { return command(ctx, nil, "go", "vet", "./...") }

// tools is the module that pins the linters; they are no dependency of the program.
const tools = "-modfile=.ci/tools/go.mod"

func lint(ctx context.Context) error {
	return command(ctx, nil, "go", "tool", tools, "staticcheck", "./...")
}

// vulnerabilities asks the Go vulnerability database. Where it can't be reached
// that is said, and the check goes on.
func vulnerabilities(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	const skipped = "skipped: the vulnerability database can't be reached from here"
	if os.Getenv("GOVULNDB") == "" && !reachable(ctx, "https://vuln.go.dev/index/db.json") { // before the program is read for it
		fmt.Println(skipped)
		return nil
	}
	out, err := exec.CommandContext(ctx, "go", "tool", tools, "govulncheck", "./...").CombinedOutput()
	if err == nil {
		fmt.Println("no known vulnerability is called")
		return nil
	}
	if strings.Contains(string(out), "fetching vulnerabilities") || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		fmt.Println(skipped)
		return nil
	}
	return fmt.Errorf("%w\n%s", err, out)
}

func reachable(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(rq)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// Most packages run under the race detector, which makes them up to ten times slower.
//
// care has tests with a hundred thousand cases: the detector learns all it can from
// the short counts, and the whole counts run without it. Pure packages start no
// goroutine, and the browser's tests are only a client of the program.
const care, browser = "handrail/care", "handrail/web/webtest"

var pure = []string{"handrail/models", "handrail/models/reminder", "handrail/models/schedule", "handrail/fhir"}

// test runs three lanes side by side: many tests wait for a disk or a browser, so
// that one lane alone leaves a core idle.
func test(ctx context.Context) error {
	raced, err := packages(ctx)
	if err != nil {
		return err
	}
	lanes := [][][]string{
		{append([]string{"-race"}, raced...)},
		{{"-race", "-short", care}, append([]string{"-p=1", care}, pure...)},
		{{browser}},
	}
	out, errs := make([]bytes.Buffer, len(lanes)), make([]error, len(lanes))
	var all sync.WaitGroup
	for i, lane := range lanes {
		all.Go(func() {
			for _, args := range lane {
				errs[i] = errors.Join(errs[i], goTest(ctx, &out[i], args))
			}
			os.Stdout.Write(out[i].Bytes()) // at once, so that lines of lanes don't mix
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func goTest(ctx context.Context, out io.Writer, args []string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-timeout=15m", "-vet=off"}, args...)...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "HANDRAIL_TEST_REQUIRE_BROWSER=1", "HANDRAIL_TEST_REQUIRE_PROXIES=1", "CGO_ENABLED=1")
	return cmd.Run()
}

// packages are those that the race detector runs in whole.
func packages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "./...").Output()
	if err != nil {
		return nil, err
	}
	others := append([]string{care, browser}, pure...)
	return slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return slices.Contains(others, p) }), nil
}
