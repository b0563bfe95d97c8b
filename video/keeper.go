package video

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"handrail/models"
	"handrail/store/aside"
	"handrail/video/quality"
)

// Keeping writes what a visit needs after a restart. Both may be called again with
// the same; errors of kind KindNotFound say that there is no such visit any more.
type Keeping interface {
	Keep(ctx context.Context, s Snapshot) error
	Finish(ctx context.Context, visitID string, reports []quality.Report) error
}

// Keeper is the queue between rooms and the store: a room never waits for a write.
// It holds one snapshot of each room, the newest, since a newer one overtakes an
// older; what could not be written is tried again until it is, or until a newer one
// is there. Close waits for what is left.
type Keeper struct {
	to   Keeping
	log  *slog.Logger
	turn chan struct{} // how many write at once

	mu      sync.Mutex
	waits   map[string]*waiting // by visit
	busy    map[string]bool     // visits whose goroutine runs
	closing chan struct{}
	closed  bool
	left    sync.WaitGroup
}

// waiting is what is to be written of a visit: the end of a room, and then the state
// of one that began after it.
type waiting struct {
	finished bool
	reports  []quality.Report
	snapshot *Snapshot
}

// Bounds of a Keeper.
const (
	keepTogether = 8
	keepWithin   = 10 * time.Second
	keepFirst    = 100 * time.Millisecond // before the second try; doubles
	keepMost     = 5 * time.Second
)

// NewKeeper makes one; Close it.
func NewKeeper(to Keeping, log *slog.Logger) *Keeper {
	return &Keeper{to: to, log: log, turn: make(chan struct{}, keepTogether), waits: map[string]*waiting{}, busy: map[string]bool{}, closing: make(chan struct{})}
}

// Changed is for Config.Changed. It does not wait.
func (k *Keeper) Changed(s Snapshot) {
	k.add(s.VisitID, func(w *waiting) { w.snapshot = &s })
}

// Finished is for Config.Finished. It does not wait.
func (k *Keeper) Finished(visitID string, reports []quality.Report) {
	if reports == nil {
		reports = []quality.Report{}
	}
	k.add(visitID, func(w *waiting) { w.finished, w.reports, w.snapshot = true, reports, nil })
}

func (k *Keeper) add(visitID string, note func(*waiting)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	w := k.waits[visitID]
	if w == nil {
		w = &waiting{}
		k.waits[visitID] = w
	}
	note(w)
	if !k.busy[visitID] {
		k.busy[visitID] = true
		k.left.Go(func() { k.work(visitID) })
	}
}

// work writes what waits of one visit, in order, until nothing does.
func (k *Keeper) work(visitID string) {
	wait, failing := keepFirst, false
	for {
		w := k.take(visitID)
		if w == nil {
			return
		}
		err := aside.Safely(func() error { return k.write(visitID, w) })
		switch {
		case err == nil:
			wait, failing = keepFirst, false
		case models.KindOf(err) == models.KindNotFound:
			k.log.Warn("a visit is not there any more; its room is not kept", "visit", visitID)
		default:
			if !failing {
				k.log.Error("what a video visit needs after a restart can't be kept yet; it is tried again", "visit", visitID, "cause", aside.Cause(err))
			}
			failing = true
			k.giveBack(visitID, w)
			if !k.pause(wait) {
				return
			}
			wait = min(2*wait, keepMost)
		}
	}
}

func (k *Keeper) take(visitID string) *waiting {
	k.mu.Lock()
	defer k.mu.Unlock()
	w := k.waits[visitID]
	if w == nil || k.closed {
		delete(k.busy, visitID)
		return nil
	}
	delete(k.waits, visitID)
	return w
}

// giveBack puts what was not written under what came since.
func (k *Keeper) giveBack(visitID string, w *waiting) {
	k.mu.Lock()
	defer k.mu.Unlock()
	newer := k.waits[visitID]
	switch {
	case newer == nil:
		k.waits[visitID] = w
	case newer.finished: // it overtakes all
	default:
		newer.finished, newer.reports = w.finished, w.reports
	}
}

// write writes in order; what is done is not done again.
func (k *Keeper) write(visitID string, w *waiting) error {
	k.turn <- struct{}{}
	defer func() { <-k.turn }()
	ctx, cancel := context.WithTimeout(context.Background(), keepWithin)
	defer cancel()
	if w.finished {
		if err := k.to.Finish(ctx, visitID, w.reports); err != nil {
			return err
		}
		w.finished = false
	}
	if w.snapshot == nil {
		return nil
	}
	return k.to.Keep(ctx, *w.snapshot)
}

// pause waits before the next try; while the program stops, tries follow soon. false:
// there is no time left.
func (k *Keeper) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-k.closing:
		time.Sleep(keepFirst)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return !k.closed
}

// Close waits until everything is written, or until ctx ends: then the error says how
// many visits are not.
func (k *Keeper) Close(ctx context.Context) error {
	k.mu.Lock()
	select {
	case <-k.closing:
	default:
		close(k.closing)
	}
	k.mu.Unlock()
	done := make(chan struct{})
	go func() {
		k.left.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
	if len(k.busy) == 0 {
		return nil
	}
	return fmt.Errorf("the rooms of %d visits could not be kept", len(k.busy))
}
