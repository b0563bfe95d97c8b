// Command handrail-test is the whole check of this repository: it installs what
// the tests need, then formats, vets, lints and tests. Run it from the root:
//
//	go run ./cmd/handrail-test
//
// With arguments it runs only the steps named, e.g. "go run ./cmd/handrail-test lint".
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"
)

// step is one part of the check.
type step struct {
	name string
	run  func(context.Context) error
}

var steps = []step{
	{"install", install},
	{"format", format},
	{"vet", vet},
	{"lint", lint},
	{"vulnerabilities", vulnerabilities},
	{"test", test},
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
	for _, s := range steps {
		if len(only) > 0 && !slices.Contains(only, s.name) {
			continue
		}
		began := time.Now()
		fmt.Printf("== %s\n", s.name)
		if err := s.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("== %s: done in %s\n", s.name, time.Since(began).Round(time.Second))
	}
	return nil
}
