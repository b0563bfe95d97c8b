package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/care"
	"handrail/care/caretest/rounds"
	"handrail/planning"
	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
	"handrail/video"
)

// counted is an engine that notes what it is asked.
type counted struct {
	store.Engine
	mu    sync.Mutex
	asked map[string]int
}

func (c *counted) note(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[what]++
}

// take gives what was asked since the last call.
func (c *counted) take() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.asked
	c.asked = map[string]int{}
	return out
}

func (c *counted) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	c.note("get " + collection)
	return c.Engine.Get(ctx, collection, id)
}

func (c *counted) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	c.note("many " + collection)
	return c.Engine.GetMany(ctx, collection, ids)
}

func (c *counted) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	c.note("query " + collection + "/" + q.Index)
	return c.Engine.Query(ctx, collection, q)
}

func (c *counted) Insert(ctx context.Context, collection string, d store.Doc) error {
	c.note("insert " + collection)
	return c.Engine.Insert(ctx, collection, d)
}

func (c *counted) Replace(ctx context.Context, collection string, d store.Doc) error {
	c.note("replace " + collection)
	return c.Engine.Replace(ctx, collection, d)
}

func (c *counted) Delete(ctx context.Context, collection, id string, version int64) error {
	c.note("delete " + collection)
	return c.Engine.Delete(ctx, collection, id, version)
}

func (c *counted) Batch(ctx context.Context, ops ...store.Op) error {
	c.note(fmt.Sprintf("batch %s", ops[0].Collection))
	return c.Engine.Batch(ctx, ops...)
}

// TestAnIdleInstanceHardlyAsksTheStore counts for twenty minutes (an hour with many rounds)
// of a clock that stands still while anything is done, with the workers of serve over a clinic
// of the demo. All that asks oftener than every twenty minutes is in both.
func TestAnIdleInstanceHardlyAsksTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := slog.New(slog.DiscardHandler)
		c := &call{environ: demoEnviron(nil, t.TempDir())}
		s, _, err := c.settings(0, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fillDemo(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		h, asked := openCounted(t, s)
		n, _, err := s.notifier(t.Context(), h, log)
		if err != nil {
			t.Fatal(err)
		}
		server, err := video.New(video.Config{Visits: videoVisits{h.care}, TicketKey: make([]byte, 32), Now: s.now, Log: log})
		if err != nil {
			t.Fatal(err)
		}
		visits := &media{instance: h, now: s.now, log: log, server: server}
		planner := planning.New(planning.Config{Care: h.care, Notify: n, Store: h.store, Now: s.now, Log: log})
		stop := runAll(t, append(visits.workers(log), workers(t.Context(), h, n, planner, log)...))

		<-time.After(10 * time.Minute) // everybody is planned, and the copies of the plans are here
		asked.take()
		window := time.Duration(rounds.Of(20, 60)) * time.Minute
		<-time.After(window)
		all := asked.take()
		stop()
		if err := h.close(); err != nil {
			t.Error(err)
		}
		sum := 0
		for _, n := range all {
			sum += n
		}
		per := float64(sum) / window.Seconds()
		t.Logf("%.2f a second", per)
		for _, what := range slices.Sorted(maps.Keys(all)) {
			t.Logf("%8.3f  %s", float64(all[what])/window.Seconds(), what)
		}
		if per > 2 {
			t.Errorf("an idle instance asks the store %.1f times a second", per)
		}
	})
}

// openCounted opens an instance over an engine that counts.
func openCounted(t *testing.T, s settings) (*instance, *counted) {
	t.Helper()
	engine, err := sqlite.Open(t.Context(), s.storage.database(), collections())
	if err != nil {
		t.Fatal(err)
	}
	asked := &counted{Engine: engine, asked: map[string]int{}}
	kek, err := seal.OpenKEK(s.storage.key())
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := seal.Open(t.Context(), asked, kek, seal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	config := s.care()
	config.PlanCopiesDir, config.Sealer, config.EndsFile = filepath.Join(s.storage.dir, "plans"), seal.NewLocal(kek), s.storage.ends()
	uses, err := care.New(t.Context(), sealed, config)
	if err != nil {
		t.Fatal(err)
	}
	return &instance{sealed, uses, kek}, asked
}

// runAll runs parts until stop is called, which closes the store too.
func runAll(t *testing.T, parts []part) (stop func()) {
	t.Helper()
	ended := make(chan error, len(parts))
	for _, p := range parts {
		go func() { ended <- p.serve() }()
	}
	return func() {
		for _, p := range parts {
			if err := p.stop(context.Background()); err != nil && !strings.Contains(err.Error(), "context canceled") {
				t.Error(p.name, err)
			}
		}
		for range parts {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
}
