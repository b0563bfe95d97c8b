package families_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
	"handrail/store/seal"
)

// stopping is a store that takes so many changes and then none.
type stopping struct {
	*seal.Store
	left int
}

func (s *stopping) change(do func() error) error {
	if s.left--; s.left < 0 {
		return store.ErrUnavailable
	}
	return do()
}

func (s *stopping) Insert(ctx context.Context, c string, d store.Doc) error {
	return s.change(func() error { return s.Store.Insert(ctx, c, d) })
}

func (s *stopping) Replace(ctx context.Context, c string, d store.Doc) error {
	return s.change(func() error { return s.Store.Replace(ctx, c, d) })
}

func (s *stopping) Batch(ctx context.Context, ops ...store.Op) error {
	return s.change(func() error { return s.Store.Batch(ctx, ops...) })
}

func (s *stopping) Erase(ctx context.Context, owner string) error {
	return s.change(func() error { return s.Store.Erase(ctx, owner) })
}

// Wherever an erasure is cut off, it is either not begun, or done by the worker: the
// place, what was told, the sign-ins, the account and the key.
func TestAnErasureThatIsCutOffIsFinished(t *testing.T) {
	h := caretest.New(t)
	s := &stopping{Store: h.Store, left: 1 << 20}
	weak := h.InstanceOn(s, func(*care.Config) {})
	for cut := 0; ; cut++ {
		p := h.Patient()
		mum := h.Supporter(p)
		h.Share(p, mum, models.ScopeMilestones)
		if _, err := h.Care.Family.Tell(t.Context(), mum, family.Coping{ID: care.NewID(), Coping: "hard"}); err != nil {
			t.Fatal(err)
		}
		s.left = cut
		asked := weak.Family.EraseMine(t.Context(), mum)
		s.left = 1 << 20
		h.Clock.Move(2 * time.Minute)
		for range 2 {
			if err := weak.Family.FinishErasures(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		_, stands := h.Care.People.Me(t.Context(), mum)
		if cut == 0 {
			if asked == nil || stands != nil {
				t.Errorf("nothing was kept: %v, and the account: %v", asked, stands)
			}
			continue
		}
		caretest.WantKind(t, stands, models.KindNotFound, "not-found")
		gone(t, h, p, mum)
		if asked == nil {
			if cut < 5 {
				t.Errorf("it took %d changes", cut)
			}
			return
		}
	}
}

// gone looks for everything that was somebody's.
func gone(t *testing.T, h *caretest.Clinic, p, who models.Actor) {
	t.Helper()
	if page, err := h.Care.Family.Told(t.Context(), who, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("what was told: %+v, %v", page, err)
	}
	if err := h.Care.Signin.SignedIn(t.Context(), who.SessionID); err == nil {
		t.Error("the session lives")
	}
	if circle, err := h.Chart(p, p.PatientID).Family.Supporters(t.Context()); err != nil || len(circle) != 0 {
		t.Errorf("the circle: %+v, %v", circle, err)
	}
	if err := h.Store.Insert(t.Context(), "supporter_check_ins", store.Doc{ID: care.NewID(), Owner: who.AccountID, Body: []byte("{}")}); !errors.Is(err, store.ErrErased) {
		t.Errorf("the key lives: %v", err)
	}
}

// A restore from before an erasure learns of it from the journal, or from the old
// store, and erases again.
func TestARestoreErasesAgain(t *testing.T) {
	h := caretest.New(t)
	kek, err := seal.CreateKEK(filepath.Join(t.TempDir(), "kek.json"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ends.log")
	here := h.InstanceWith(func(c *care.Config) { c.EndsFile, c.Sealer = file, seal.NewLocal(kek) })
	p := h.Patient()
	mum, aunt := h.Supporter(p), h.Supporter(p)
	if err := here.Family.EraseMine(t.Context(), aunt); err != nil {
		t.Fatal(err)
	}
	ends, _, err := upkeep.ReadEnds(t.Context(), file, seal.NewLocal(kek))
	known := func(ends []care.Ended) (found bool) {
		for _, e := range ends {
			found = found || e.Kind == care.EndedOwn && e.ID == aunt.AccountID
		}
		return found
	}
	if err != nil || !known(ends) {
		t.Errorf("the journal has %+v, %v", ends, err)
	}
	if ends, err = upkeep.EndsOf(t.Context(), h.Store, h.Clock.Now()); err != nil || !known(ends) {
		t.Errorf("the old store has %+v, %v", ends, err)
	}
	ends = append(ends, care.Ended{Kind: care.EndedOwn, ID: mum.AccountID, At: h.Clock.Now()}) // who is here, as after a restore
	undone, err := h.Care.Upkeep.Undone(t.Context(), ends)
	for _, e := range undone {
		if e.Kind == care.EndedOwn && e.ID != mum.AccountID {
			t.Errorf("%+v is to be done again", e)
		}
		err = errors.Join(err, h.Care.Upkeep.EndAgain(t.Context(), e))
	}
	if err != nil {
		t.Fatal(err)
	}
	gone(t, h, p, mum)
	if undone, err = h.Care.Upkeep.Undone(t.Context(), ends); err != nil || len(undone) != 0 {
		t.Errorf("still to be done: %+v, %v", undone, err)
	}
}
