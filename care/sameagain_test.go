package care_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
	"handrail/store/seal"
)

// brittle is a store that can't read one document of a collection: by a broken
// connection, a caller who went away, or something that nobody foresaw.
type brittle struct {
	store.Store
	mu    sync.Mutex
	fails map[string]error // by collection/id
}

func (b *brittle) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	b.mu.Lock()
	err := b.fails[collection+"/"+id]
	b.mu.Unlock()
	if err != nil {
		return store.Doc{}, err
	}
	return b.Store.Get(ctx, collection, id)
}

func (b *brittle) failing(err error, collection, id string, do func()) {
	b.mu.Lock()
	b.fails = map[string]error{collection + "/" + id: err}
	b.mu.Unlock()
	do()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails = nil
}

// on is the program over a store of the test's own.
func on(t *testing.T, h *caretest.Clinic, s store.Store) *care.Care {
	t.Helper()
	kek, err := seal.CreateKEK(filepath.Join(t.TempDir(), "kek.json"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := care.New(t.Context(), s, care.Config{Site: caretest.Site, Now: h.Clock.Now, PlanCopiesDir: t.TempDir(), Sealer: seal.NewLocal(kek)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var errUnforeseen = errors.New("nobody foresaw this")

// TestALookThatFailsIsNoConflict: the same call again, while what stands can't be
// looked at, is told to try later and never that the thing is somebody else's.
func TestALookThatFailsIsNoConflict(t *testing.T) {
	h := caretest.New(t)
	b := &brittle{Store: h.Store}
	h.Care = on(t, h, b)
	p := h.Patient()
	doctor := h.Clinician(models.DisciplinePsychiatry)
	own := h.Chart(p, p.PatientID)
	goal := care.NewID()
	if _, err := own.Record.ProposeGoal(t.Context(), goal, models.GoalTerms{Title: "Walk", Domain: "health"}); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I stay in bed"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	mood := h.MoodToday()
	for name, c := range map[string]struct {
		collection string
		at         func(id string) string
		do         func(id string) error
	}{
		"goal": {"goal_history", func(id string) string { return id + ":00000001" }, func(id string) error {
			_, err := own.Record.ProposeGoal(t.Context(), id, models.GoalTerms{Title: "Sleep", Domain: "health"})
			return err
		}},
		"note": {"goal_notes", nil, func(id string) error {
			_, err := own.Record.AddGoalNote(t.Context(), goal, id, "It went well.")
			return err
		}},
		"check-in": {"check_ins", nil, func(id string) error {
			_, err := own.Record.SendCheckIn(t.Context(), id, mood)
			return err
		}},
		"consent": {"consents", nil, func(id string) error {
			_, err := own.People.GiveConsent(t.Context(), id, models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny, Recipient: doctor.AccountID,
				Scopes: []models.Scope{models.ShareableScopes[0]}, Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{None: true},
				Signature: models.Signature{Name: p.Name, Method: "typed"}})
			return err
		}},
		"broken glass": {"break_glass", nil, func(id string) error {
			_, err := h.Care.People.BreakGlass(t.Context(), doctor, p.PatientID, id, people.BreakGlassRequest{Affiliation: "Riverside Clinic",
				Reason: "overdose", Nature: "Found without breath at the door.", NoConsent: true})
			return err
		}},
		"account": {"accounts", nil, func(id string) error {
			_, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{ID: id, Role: models.RoleCoordinator, Name: "Ada"})
			return err
		}},
		"review": {"crisis_plan_reviews", nil, func(id string) error {
			_, err := own.Crisis.ReviewPlan(t.Context(), id, crisisplan.ReviewTerms{Note: "Fine"})
			return err
		}},
		"rehearsal": {"crisis_plan_rehearsals", nil, func(id string) error {
			_, err := own.Crisis.RehearsePlan(t.Context(), id, crisisplan.RehearsalTerms{Opened: true, TookMillis: 400})
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			id := care.NewID()
			at := id
			if c.at != nil {
				at = c.at(id)
			}
			if err := c.do(id); err != nil {
				t.Fatal(err)
			}
			for _, why := range []error{store.ErrUnavailable, context.Canceled, context.DeadlineExceeded, errUnforeseen} {
				b.failing(why, c.collection, at, func() {
					err := c.do(id)
					want := models.KindUnavailable
					if why == errUnforeseen {
						want = models.KindUnknown
					}
					if models.KindOf(err) != want {
						t.Errorf("%v: %v", why, err)
					}
				})
			}
			if err := c.do(id); err != nil {
				t.Errorf("the same again: %v", err)
			}
		})
	}
}
