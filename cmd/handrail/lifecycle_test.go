package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// diary notes what happened in which order.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// until is a part that runs until it is stopped.
func (d *diary) until(name string, serveErr, stopErr error) part {
	done := make(chan struct{})
	return part{name,
		func() error { <-done; return serveErr },
		func(context.Context) error { d.note(name); close(done); return stopErr }}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestPartsStopInTheirOrder(t *testing.T) {
	var d diary
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := live(ctx, quiet(), time.Minute, d.until("a", nil, nil), d.until("b", nil, nil), d.until("c", nil, nil)); err != nil {
		t.Error(err)
	}
	if !slices.Equal(d.lines, []string{"a", "b", "c"}) {
		t.Error(d.lines)
	}
}

func TestAPartThatFailsTakesTheOthersWithIt(t *testing.T) {
	var d diary
	broken := part{"broken", func() error { return errors.New("no luck") }, func(context.Context) error { return nil }}
	err := live(t.Context(), quiet(), time.Minute, d.until("a", errors.New("late"), errors.New("slow")), broken)
	for _, want := range []string{"broken: no luck", "a: late", "a did not stop in time: slow"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

func TestAPartThatHangsIsLeftBehind(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	stuck := part{"stuck", func() error { select {} }, func(last context.Context) error { <-last.Done(); return last.Err() }}
	err := live(ctx, quiet(), 10*time.Millisecond, stuck)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "not everything had ended") {
		t.Error(err)
	}
}

func TestAWorkerTakesTurns(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0 // no lock: turns never overlap
	w := worker(quiet(), "w", time.Millisecond, func(context.Context) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	})
	if err := live(ctx, quiet(), time.Minute, w); err != nil || n < 4 {
		t.Errorf("%d turns, %v", n, err)
	}
}

func TestAWorkerHasALastTurn(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	w := worker(quiet(), "w", time.Hour, func(ctx context.Context) error { n++; return ctx.Err() })
	if err := live(ctx, quiet(), time.Minute, w); err != nil || n != 1 {
		t.Errorf("%d turns, %v", n, err)
	}
}

// A worker with more to do than the time of a stop allows, as after a backup was put back:
// the stop is clean, and who comes after it has a turn all the same.
func TestAWorkerWithMuchToDoDoesNotSpoilAStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	behind := worker(quiet(), "behind", time.Hour, func(ctx context.Context) error { <-ctx.Done(); return fmt.Errorf("a page: %w", ctx.Err()) })
	n := 0
	after := worker(quiet(), "after", time.Hour, func(ctx context.Context) error { n++; return ctx.Err() })
	broken := worker(quiet(), "broken", time.Hour, func(context.Context) error { return errors.New("no luck") })
	err := live(ctx, quiet(), 3*time.Second, behind, after, broken)
	if err == nil || strings.Contains(err.Error(), "behind") || !strings.Contains(err.Error(), "no luck") || n != 1 {
		t.Errorf("%d turns, %v", n, err)
	}
}

func TestFailuresAreLoggedAtTheirEdges(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	failing := false
	for _, err := range []error{nil, errors.New("x"), errors.New("x"), nil, nil, context.Canceled, errors.New("x")} {
		failing = logTurn(log, "w", failing, err)
	}
	if fails, again := strings.Count(out.String(), "worker fails"), strings.Count(out.String(), "works again"); fails != 2 || again != 1 || !failing {
		t.Errorf("%s", out.String())
	}
}

func TestATakenPortIsToldAtOnce(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	s, _, err := readSettings([]string{"--port", "0", "--admin-listen", ln.Addr().String()}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.open(); err == nil || !strings.Contains(err.Error(), "--admin-listen") {
		t.Error(err)
	}
	s.port = ln.Addr().(*net.TCPAddr).Port
	if _, _, err := s.open(); err == nil || !strings.Contains(err.Error(), "--port") {
		t.Error(err)
	}
}
