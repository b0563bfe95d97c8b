// Command handrail-test is the whole check of this repository: it installs what
// the tests need, then formats, tests, vets and lints, and prints where the time went.
// Run it from the root:
//
//	go run ./cmd/handrail-test
//
// With arguments it runs only the steps named, e.g. "go run ./cmd/handrail-test lint".
// Three steps run only when they are named:
//
//	go run ./cmd/handrail-test race                   # all packages under the race detector, whole
//	go run ./cmd/handrail-test scale=2/4              # the second quarter of what is long: whole counts
//	go run ./cmd/handrail-test release=2026-12-01     # may what is here be released on that day
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"time"
)

// compiled is closed by thereIs when the program is there, or can't be made.
var compiled = make(chan struct{})

var thereIs = sync.OnceFunc(func() { close(compiled) })

// step is one part of the check.
type step struct {
	name   string
	run    func(ctx context.Context, more string) error // what was said after the "="
	asked  bool                                         // runs only when it is named
	beside bool                                         // beside the tests
}

var steps = []step{
	{name: "install", run: without(install)},
	{name: "format", run: without(format)},
	{name: "vet", run: without(vet), beside: true},
	{name: "lint", run: without(lint), beside: true},
	{name: "vulnerabilities", run: without(vulnerabilities), beside: true},
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
	asked := slices.DeleteFunc(slices.Clone(steps), func(s step) bool {
		_, is := named[s.name]
		return !is && (len(only) > 0 || s.asked)
	})
	tested := slices.ContainsFunc(asked, func(s step) bool { return s.name == "test" })
	for _, s := range asked {
		switch {
		case s.beside && tested:
		case s.name == "test":
			err = together(ctx, s, asked)
		default:
			err = s.take(ctx, named[s.name])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// together tests, and takes the steps that are beside the tests as soon as the program is
// there: these compile the same. What one finds ends no other: all is told.
func together(ctx context.Context, tests step, asked []step) error {
	var found error
	var others sync.WaitGroup
	others.Go(func() {
		<-compiled
		for _, s := range asked {
			if s.beside {
				found = errors.Join(found, s.take(ctx, ""))
			}
		}
	})
	err := tests.take(ctx, "")
	thereIs()
	others.Wait()
	return errors.Join(err, found)
}

func (s step) take(ctx context.Context, more string) error {
	began := time.Now()
	tell("== " + s.name + "\n")
	err := s.run(ctx, more)
	spent.step(s.name, time.Since(began))
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
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
