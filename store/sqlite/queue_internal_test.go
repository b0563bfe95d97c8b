package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"handrail/store"
)

func waiting(q *queue, ctx context.Context, n, ops int) {
	for range n {
		r := &request{ctx: ctx, ops: ops}
		q.of(r) <- r
	}
}

func split(group []*request) (urgent, background int) {
	for _, r := range group {
		if store.IsBackground(r.ctx) {
			background += r.ops
		} else {
			urgent++
		}
	}
	return urgent, background
}

// TestWhoIsWaitedForGoesFirst: a full queue of background writes is never before a write
// that somebody waits for, and comes on beside any number of those.
func TestWhoIsWaitedForGoesFirst(t *testing.T) {
	ctx := context.Background()
	back := store.Background(ctx)
	q := newQueue(newManners())
	waiting(q, back, 40, 8)
	if urgent, background := split(q.next(nil)); urgent != 0 || background != store.BackgroundOps {
		t.Errorf("alone: %d urgent, %d background ops in one group", urgent, background)
	}
	waiting(q, ctx, 10, 3)
	if urgent, background := split(q.next(nil)); urgent != 10 || background > share {
		t.Errorf("together: %d of 10 urgent and %d background ops", urgent, background)
	}
	// one that is larger than what goes along waits for a few groups, and then goes
	q = newQueue(newManners())
	waiting(q, back, 1, 100)
	groups := 0
	for sent := 0; sent == 0 && groups < 20; groups++ {
		waiting(q, ctx, 1, 1)
		_, sent = split(q.next(nil))
	}
	if groups != 100/share+1 {
		t.Errorf("100 ops beside others went after %d groups", groups)
	}
	// what never waited has saved nothing up
	for range 20 {
		waiting(q, ctx, 1, 1)
		q.next(nil)
	}
	waiting(q, back, 10, 8)
	waiting(q, ctx, 1, 1)
	if _, background := split(q.next(nil)); background > share {
		t.Errorf("%d background ops went along after a pause", background)
	}
	if urgent, _ := split([]*request{{ctx: store.Foreground(back)}}); urgent != 1 {
		t.Error("a mark that was taken off still holds")
	}
}

// TestAllThatWaitsIsTakenAtTheEnd: closing loses no request of either kind.
func TestAllThatWaitsIsTakenAtTheEnd(t *testing.T) {
	ctx := context.Background()
	q := newQueue(newManners())
	waiting(q, ctx, 200, 1)
	waiting(q, store.Background(ctx), 60, 5)
	q.close()
	urgent, background := 0, 0
	for {
		group := q.next(nil)
		if len(group) == 0 {
			break
		}
		u, b := split(group)
		urgent, background = urgent+u, background+b
	}
	if urgent != 200 || background != 300 {
		t.Errorf("%d of 200 and %d of 300 ops were taken", urgent, background)
	}
}

// TestBackgroundReadsLeaveConnections: they wait for one another, not others for them.
func TestBackgroundReadsLeaveConnections(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "reads.db"), []store.Collection{{Name: "things"}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for range behind() { // as many as may read at once are reading
		if _, err := db.read.turn(store.Background(ctx)); err != nil {
			t.Fatal(err)
		}
	}
	stopped, stop := context.WithCancel(store.Background(ctx))
	stop()
	if _, err := db.GetMany(stopped, "things", []string{"a"}); err != context.Canceled {
		t.Errorf("one background read more: %v", err)
	}
	if _, err := db.GetMany(ctx, "things", []string{"a"}); err != nil {
		t.Errorf("a read that somebody waits for: %v", err)
	}
}
