package sqlite

import (
	"testing"
	"time"

	"handrail/store"
)

// hand is a clock that only this test moves: who waits for a time has it at once.
type hand struct{ now time.Duration }

func (h *hand) elapsed() time.Duration { return h.now }

func (h *hand) after(d time.Duration) <-chan time.Time {
	h.now += d
	c := make(chan time.Time, 1)
	c <- time.Time{}
	return c
}

// TestBackgroundWorkHasManners: while somebody is waited for it rests after each piece, in
// proportion to it, and it always has the share that it keeps; with nobody there it never rests.
func TestBackgroundWorkHasManners(t *testing.T) {
	const piece = 6 * time.Millisecond
	ctx, h := t.Context(), &hand{now: time.Hour}
	back := store.Background(ctx)
	m := mannersBy(h.elapsed, h.after)
	q := newQueue(m)
	waiting(q, back, 40, store.BackgroundOps)
	// work writes the next group, and tells what was in it. What others ask takes no time.
	work := func() (urgent, background int) {
		urgent, background = split(q.next(nil))
		if urgent > 0 {
			m.somebodyWaits()
		}
		if background > 0 {
			h.now += piece
			m.worked(piece)
		}
		return urgent, background
	}
	began := h.now
	for range 10 {
		if urgent, background := work(); urgent != 0 || background == 0 {
			t.Fatalf("alone: %d and %d", urgent, background)
		}
	}
	if h.now-began != 10*piece {
		t.Errorf("with nobody there ten pieces took %s", h.now-began)
	}

	waiting(q, ctx, 1, 3) // somebody comes
	if urgent, background := work(); urgent != 1 || background > share {
		t.Errorf("beside the first who came: %d and %d", urgent, background)
	}
	began = h.now
	for range 10 {
		if urgent, background := work(); urgent != 0 || background == 0 {
			t.Fatalf("after a rest: %d and %d", urgent, background)
		}
		waiting(q, ctx, 1, 3)
		if urgent, background := work(); urgent != 1 || background != 0 {
			t.Fatalf("while background work rests: %d and %d", urgent, background)
		}
	}
	worked := 10 * piece
	if kept := float64(worked) / float64(h.now-began); kept < 1/(1+restFor)-0.01 || kept > 1/(1+restFor)+0.06 {
		t.Errorf("background work kept %.2f of the time", kept)
	}

	// a disk that stood still once is no reason to rest as long
	m.worked(time.Minute)
	if rest := m.rest(); rest != longestRest {
		t.Errorf("a rest of %s", rest)
	}
	// and when nobody has come for a while there is no rest
	h.now += politeFor
	m.worked(piece)
	if rest := m.rest(); rest != 0 {
		t.Errorf("with nobody there any more: %s", rest)
	}
}

// TestBackgroundWorkWaitsWhileTheLogIsMoved, and others don't.
func TestBackgroundWorkWaitsWhileTheLogIsMoved(t *testing.T) {
	ctx, h := t.Context(), &hand{now: time.Hour}
	m := mannersBy(h.elapsed, h.after)
	q := newQueue(m)
	waiting(q, store.Background(ctx), 1, 8)
	m.move(func() {
		waiting(q, ctx, 1, 3)
		if urgent, background := split(q.next(nil)); urgent != 1 || background != 0 {
			t.Fatalf("meanwhile: %d and %d", urgent, background)
		}
	})
	if _, background := split(q.next(nil)); background != 8 {
		t.Errorf("then: %d", background)
	}
}
