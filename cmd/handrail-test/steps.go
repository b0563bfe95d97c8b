package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	out, err := exec.CommandContext(ctx, "go", "tool", tools, "govulncheck", "./...").CombinedOutput()
	if err == nil {
		fmt.Println("no known vulnerability is called")
		return nil
	}
	if strings.Contains(string(out), "fetching vulnerabilities") || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		fmt.Println("skipped: the vulnerability database can't be reached from here")
		return nil
	}
	return fmt.Errorf("%w\n%s", err, out)
}

// counting are the packages whose tests run through a hundred thousand cases. The
// race detector makes those ten times slower and sees nothing new after the first
// thousands, so it gets the short counts, and the whole counts run without it.
var counting = []string{"handrail/care", "handrail/models/schedule"}

func test(ctx context.Context) error {
	others, err := packages(ctx)
	if err != nil {
		return err
	}
	env := []string{"HANDRAIL_TEST_REQUIRE_BROWSER=1", "CGO_ENABLED=1"}
	for _, args := range [][]string{
		append([]string{"test", "-race", "-timeout=15m"}, others...),
		append([]string{"test", "-race", "-short", "-timeout=15m"}, counting...),
		append([]string{"test", "-timeout=15m"}, counting...),
	} {
		if err := command(ctx, env, "go", args...); err != nil {
			return err
		}
	}
	return nil
}

// packages are those that are not counting.
func packages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "./...").Output()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return slices.Contains(counting, p) }), nil
}
