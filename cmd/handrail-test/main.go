// Command handrail-test is the whole check of this repository: it installs what
// the tests need, then formats, vets, lints and tests, and prints where the time went.
// Run it from the root:
//
//	go run ./cmd/handrail-test
//
// With arguments it runs only the steps named, e.g. "go run ./cmd/handrail-test lint".
// Three steps run only when they are named:
//
//	go run ./cmd/handrail-test race                   # all of handlers and commands under the race detector
//	go run ./cmd/handrail-test scale=2/4              # the second quarter of what is long: whole counts
//	go run ./cmd/handrail-test release=2026-12-01     # may what is here be released on that day
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

// step is one part of the check.
type step struct {
	name  string
	run   func(ctx context.Context, more string) error // what was said after the "="
	asked bool                                         // runs only when it is named
}

var steps = []step{
	{name: "install", run: without(install)},
	{name: "format", run: without(format)},
	{name: "vet", run: without(vet)},
	{name: "lint", run: without(lint)},
	{name: "vulnerabilities", run: without(vulnerabilities)},
	{name: "test", run: without(test)},
	{name: "race", run: without(races), asked: true},
	{name: "scale", run: scale, asked: true},
	{name: "release", run: release, asked: true},
}

func without(run func(context.Context) error) func(context.Context, string) error {
	return func(ctx context.Context, more string) error {
		if more != "" {
			return fmt.Errorf("%q says nothing to this step", more)
		}
		return run(ctx)
	}
}

// limit ends a check that hangs.
const limit = 40 * time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := check(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "handrail-test:", err)
		os.Exit(1)
	}
}

func check(ctx context.Context, only []string) error {
	if _, err := os.Stat("go.mod"); err != nil {
		return fmt.Errorf("run this from the root of the repository: %w", err)
	}
	named, err := namedSteps(only)
	if err != nil {
		return err
	}
	defer spent.print(os.Stdout)
	for _, s := range steps {
		more, asked := named[s.name]
		if len(only) > 0 && !asked || s.asked && !asked {
			continue
		}
		began := time.Now()
		fmt.Printf("== %s\n", s.name)
		err := s.run(ctx, more)
		spent.step(s.name, time.Since(began))
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// namedSteps reads the arguments: the name of a step, or name=more.
func namedSteps(args []string) (map[string]string, error) {
	named, known := map[string]string{}, map[string]bool{}
	for _, s := range steps {
		known[s.name] = true
	}
	for _, a := range args {
		name, more, _ := strings.Cut(a, "=")
		if !known[name] {
			return nil, fmt.Errorf("%q is no step", name)
		}
		named[name] = more
	}
	return named, nil
}
