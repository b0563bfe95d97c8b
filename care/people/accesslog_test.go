package people_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/store"
)

func logOf(t *testing.T, h *caretest.Clinic, patient models.Actor) []people.AccessEntry {
	t.Helper()
	p, err := h.Chart(patient, patient.PatientID).People.AccessLog(t.Context(), "en", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return p.Items
}

// TestRefusedTriesAreOneEntry: 400 at once, at two instances, are one line of the
// patient's log with their number; each of them is in the log all the same.
func TestRefusedTriesAreOneEntry(t *testing.T) {
	h := caretest.New(t)
	patient, nurse := h.Patient(), h.Clinician(models.DisciplineTherapy)
	before := len(logOf(t, h, patient))
	instances := []*care.Care{h.Care, h.Instance()}
	const tries = 400
	var all sync.WaitGroup
	for worker := range 16 {
		all.Go(func() {
			for range tries / 16 {
				_, err := instances[worker%2].Open(t.Context(), nurse, patient.PatientID, models.PurposeTreatment)
				if models.KindOf(err) != models.KindNotFound {
					t.Errorf("%v", err)
				}
			}
		})
	}
	all.Wait()
	h.Clock.Move(time.Minute)
	_, err := h.Care.Open(t.Context(), nurse, patient.PatientID, models.PurposeTreatment)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	entries := logOf(t, h, patient)
	if n := len(entries) - before - 1; n != 1 { // beside the reading of the log itself
		t.Fatalf("%d entries of %d tries", n, tries)
	}
	e := entries[0]
	if e.Who != nurse.Name || e.Count != tries+1 || e.LastAt == nil || e.LastAt.Sub(e.At) != time.Minute {
		t.Errorf("the entry is %+v", e)
	}
	seen, from := 0, ""
	for {
		events, err := h.Care.Upkeep.EventsAfter(t.Context(), from, store.MaxLimit)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range events {
			if l.Action == "chart.refused" && l.AccountID == nurse.AccountID {
				seen++
			}
			from = l.ID + "0"
		}
		if len(events) < store.MaxLimit {
			break
		}
	}
	if seen != tries+2 { // and the first line of the day
		t.Errorf("%d lines in the log", seen)
	}
	h.Clock.Move(24 * time.Hour)
	_, err = h.Care.Open(t.Context(), nurse, patient.PatientID, models.PurposeTreatment)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if e := logOf(t, h, patient)[0]; e.Count != 0 || e.LastAt != nil || e.Outcome != models.OutcomeDenied {
		t.Errorf("one try of the next day: %+v", e)
	}
}

// TestNobodyLearnsFromALogWhoIsAPatient: who was refused is named when they work here or
// belong to the patient's circle, and nobody else is.
func TestNobodyLearnsFromALogWhoIsAPatient(t *testing.T) {
	h := caretest.New(t)
	patient, other := h.Patient(), h.Patient()
	mother, stranger := h.Supporter(patient), h.Supporter(other)
	staff := h.Clinician(models.DisciplineNursing)
	for _, who := range []models.Actor{other, mother, stranger, staff} {
		_, err := h.Care.Open(t.Context(), who, patient.PatientID, models.PurposeOf(who.Role))
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
	}
	named := map[string]bool{}
	for _, e := range logOf(t, h, patient) {
		if e.Outcome == models.OutcomeDenied {
			named[e.Who+"/"+e.Role] = true
		}
	}
	for who, want := range map[string]bool{other.Name: false, stranger.Name: false, mother.Name: true, staff.Name: true, "Someone we don't know/": true} {
		got := false
		for n := range named {
			got = got || strings.HasPrefix(n, who)
		}
		if got != want {
			t.Errorf("%s is named: %v (%v)", who, got, named)
		}
	}
}

// TestTheLogNamesTheDeviceAndWhoMadeTheWayIn: a code of the office opens everything as
// the patient; what came in by it is not called "you".
func TestTheLogNamesTheDeviceAndWhoMadeTheWayIn(t *testing.T) {
	h := caretest.New(t)
	patient := h.Patient()
	code := h.CodeFor(patient.AccountID)
	in, err := h.Care.Signin.Enrol(t.Context(), "a", code, models.Device{ID: care.NewID(), Name: "Spare phone"})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Signin.EndSessionOf(t.Context(), h.Admin, patient.AccountID, in.Session.ID, models.EndReportedLost); err != nil {
		t.Fatal(err)
	}
	entries := logOf(t, h, patient)
	for i, want := range []struct{ who, what string }{
		{h.Admin.Name, "Ended this device, because it was reported lost: Spare phone"},
		{"A way in made by " + h.Admin.Name, "Signed in as you on this device: Spare phone"},
		{h.Admin.Name, "Checked who you are, and made a sign-in code for you"},
	} {
		if entries[i].Who != want.who || entries[i].What != want.what {
			t.Errorf("%d: %q %q", i, entries[i].Who, entries[i].What)
		}
	}
}
