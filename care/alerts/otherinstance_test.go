package alerts_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/notify"
	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
	"handrail/store/storetest"
)

// TestWhatAnInstanceRemembersIsWhatStands: two programs have one file open. One sends
// check-ins of a patient; what it read for the one before is changed by the other, or by
// the time alone. The next is in the list of who reads then, and of nobody else.
func TestWhatAnInstanceRemembersIsWhatStands(t *testing.T) {
	dir, collections := t.TempDir(), slices.Concat(care.Collections(), notify.Collections())
	first, err := storetest.OpenIn(t.Context(), dir, collections...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	h := caretest.On(t, first)
	office := *h // the same people, by the other program
	office.Care = h.InstanceOn(another(t, dir, collections), func(*care.Config) {})
	p := h.Patient()
	one, two := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineTherapy)
	form := int64(1)
	listed := func(when string, want ...string) {
		t.Helper()
		for range 2 { // the second by memory
			s := h.MoodToday()
			s.FormVersion = form
			sent, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), s)
			if err != nil || len(sent.Notes) > 0 {
				t.Fatalf("%s: %+v, %v", when, sent.Notes, err)
			}
			page, err := h.Store.Query(t.Context(), "check_ins_unread", store.Query{Index: "checkIn", Equal: []any{sent.CheckIn.ID}, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range page.Docs {
				got = append(got, d.Keys["accountId"].(string))
			}
			slices.Sort(got)
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("%s it is in the list of %v, want %v", when, got, want)
			}
		}
	}
	listed("before", one.AccountID)
	if _, err := office.Chart(h.Admin, p.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, two.AccountID, false); err != nil {
		t.Fatal(err)
	}
	listed("with two", one.AccountID, two.AccountID)
	if err := office.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, one.AccountID); err != nil {
		t.Fatal(err)
	}
	listed("after one left", two.AccountID)
	no(t, &office, p, two)
	listed("after the patient's no", h.Admin.AccountID)
	h.Clock.Set(h.Clock.Now().AddDate(0, 1, 0))
	listed("when that has ended", two.AccountID)
	team := office.Chart(two, p.PatientID)
	v, err := team.Record.Form(t.Context(), "en")
	if err == nil {
		v, err = team.Record.ShapeForm(t.Context(), v.Version, []string{"mood", "safety"}, nil, "en")
	}
	if err != nil {
		t.Fatal(err)
	}
	form = v.Version
	listed("with another form", two.AccountID)
}

func another(t *testing.T, dir string, collections []store.Collection) *seal.Store {
	kek, err := seal.OpenKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, "test.db"), collections)
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.Open(context.Background(), db, kek, seal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
