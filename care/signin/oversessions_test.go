package signin_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/store"
	"handrail/store/storetest"
)

// stopping is a store that is gone after some batches, as if its program was killed.
type stopping struct {
	store.Store
	left int
}

func (s *stopping) Batch(ctx context.Context, ops ...store.Op) error {
	if s.left--; s.left < 0 {
		return store.ErrUnavailable
	}
	return s.Store.Batch(ctx, ops...)
}

// TestSessionsOfAnOlderStore: before, in the middle of and after the key is filled in, a
// list tells the truth; afterwards it reads what goes on, and the store is not asked again.
func TestSessionsOfAnOlderStore(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	who := h.Clinician(models.DisciplineNursing)
	for range 240 {
		h.SignIn(who.AccountID)
	}
	if err := h.Care.Signin.EndOtherSessions(ctx, who); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(13 * time.Hour) // the last runs out
	for range 3 {
		h.SignIn(who.AccountID)
	}
	lacking := store.Query{Index: "over", Equal: []any{who.AccountID}, Lacking: true, Limit: store.MaxLimit, Unopened: true}
	// An older program has no such key.
	page, err := h.Store.Query(ctx, "sessions", store.Query{Index: "account", Equal: []any{who.AccountID}, Limit: store.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range page.Docs {
		delete(d.Keys, "overAt")
		if err := h.Store.Replace(ctx, "sessions", d); err != nil {
			t.Fatal(err)
		}
	}
	live := func(c *care.Care, most int) {
		t.Helper()
		got, err := c.Signin.Sessions(ctx, who)
		if err != nil || len(got) != 3 || got[0].CreatedAt.Before(got[2].CreatedAt) {
			t.Errorf("%d sessions, %v", len(got), err)
		}
		page, err := h.Store.Query(ctx, "sessions", lacking)
		if err != nil || len(page.Docs) > most {
			t.Errorf("%d are read, %v", len(page.Docs), err)
		}
	}
	live(h.Care, 1000)
	dies := &stopping{Store: h.Store, left: 1}
	killed := h.InstanceOn(dies, func(*care.Config) {})
	dies.left = 1
	if err := killed.Signin.FillOver(ctx); !errors.Is(err, store.ErrUnavailable) && models.KindOf(err) != models.KindUnavailable {
		t.Errorf("killed: %v", err)
	}
	live(h.Care, 1000)
	count := &storetest.Counting{Store: h.Store}
	next := h.InstanceOn(count, func(*care.Config) {})
	if err := next.Signin.FillOver(ctx); err != nil {
		t.Fatal(err)
	}
	live(next, 3)
	before := count.Asked.Load()
	if err := next.Signin.FillOver(ctx); err != nil || count.Asked.Load() != before {
		t.Errorf("the store is asked again: %v", err)
	}
	// What ends or runs out with this program needs no filling.
	h.Clock.Move(13 * time.Hour)
	h.SignIn(who.AccountID)
	if page, err := h.Store.Query(ctx, "sessions", lacking); err != nil || len(page.Docs) != 1 {
		t.Errorf("%d are read, %v", len(page.Docs), err)
	}
}
