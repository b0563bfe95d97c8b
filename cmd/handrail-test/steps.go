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

// counting are the packages whose tests run through a hundred thousand cases. The
// race detector makes those ten times slower and sees nothing new after the first
// thousands, so it gets the short counts, and the whole counts run without it.
var counting = []string{"handrail/care", "handrail/models/schedule"}

// slow are the packages that begin first, so that none of them is what all wait for
// in the end: one that starts browsers, and those that write much to disk.
var slow = []string{"handrail/web/webtest", "handrail/notify", "handrail/handlers", "handrail/store/sqlite", "handrail/cmd/handrail"}

// test runs two lanes side by side. Many tests wait for a disk or a browser, so that
// one lane alone leaves a core idle.
func test(ctx context.Context) error {
	others, err := packages(ctx)
	if err != nil {
		return err
	}
	var counted bytes.Buffer
	side := make(chan error, 1)
	go func() {
		side <- errors.Join(
			goTest(ctx, &counted, append([]string{"-race", "-short", "-p=1"}, counting...)),
			goTest(ctx, &counted, append([]string{"-p=1"}, counting...)))
	}()
	err = errors.Join(goTest(ctx, os.Stdout, append([]string{"-race"}, others...)), <-side)
	os.Stdout.Write(counted.Bytes())
	return err
}

func goTest(ctx context.Context, out io.Writer, args []string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-timeout=15m", "-vet=off"}, args...)...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "HANDRAIL_TEST_REQUIRE_BROWSER=1", "CGO_ENABLED=1")
	return cmd.Run()
}

// packages are those that are not counting, the slow ones first.
func packages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "./...").Output()
	if err != nil {
		return nil, err
	}
	first := slices.Concat(slow, counting)
	rest := slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return slices.Contains(first, p) })
	return slices.Concat(slow, rest), nil
}
