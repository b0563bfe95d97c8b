package visits_test

import (
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/care/upkeep"
	"handrail/models"
)

// racers are patients and the three clinicians whom they all want.
func racers(t *testing.T, h *caretest.Clinic, n int) ([]models.Actor, [3]string) {
	t.Helper()
	var patients []models.Actor
	for range n {
		patients = append(patients, h.Patient())
	}
	h.Offer(caretest.RaceTalk)
	var clinicians [3]string
	for i := range clinicians {
		c := h.Clinician(models.DisciplineTherapy, patients...)
		clinicians[i] = c.AccountID
		if _, err := h.Care.Visits.SetAvailability(t.Context(), h.Admin, c.AccountID, 1, caretest.RaceHours()); err != nil {
			t.Fatal(err)
		}
	}
	return patients, clinicians
}

// race prepares a race: workers of several instances of the program on one store.
func race(t *testing.T, h *caretest.Clinic, instances []*care.Care, workers int) *caretest.Race {
	t.Helper()
	r := &caretest.Race{Seed: 7, First: midnight()}
	patients, clinicians := racers(t, h, workers)
	r.Clinicians = clinicians
	for i, p := range patients {
		ch, err := instances[i%len(instances)].Open(t.Context(), p, p.PatientID, models.PurposeSelf)
		if err != nil {
			t.Fatal(err)
		}
		r.Charts = append(r.Charts, ch)
	}
	return r
}

func midnight() time.Time {
	z, err := time.LoadLocation(caretest.Site.Zone)
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 3, 3, 0, 0, 0, 0, z)
}

// TestNobodyIsBookedTwiceHoweverManyWantTheTime: two instances, and of all who want
// a window one has it.
func TestNobodyIsBookedTwiceHoweverManyWantTheTime(t *testing.T) {
	h := caretest.New(t)
	r := race(t, h, []*care.Care{h.Care, h.Instance()}, 32)
	r.Windows = rounds.Of(6, 1000)
	r.Attempts = 100 * r.Windows
	out, err := r.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(5 * time.Minute)
	if err := r.Fill(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if len(out.Won) != r.Windows || out.Twice > 0 {
		t.Errorf("%d windows of %d were won, %d of them twice", len(out.Won), r.Windows, out.Twice)
	}
	report, err := upkeep.VerifyClaims(t.Context(), h.Store, h.Clock.Now())
	if err != nil || len(report.Faults) > 0 || report.Claims != out.Claims {
		t.Errorf("verify: %+v, %v; the wins take %d", report, err, out.Claims)
	}
	if got := out.Linearizable(time.Minute); got != porcupine.Ok {
		t.Errorf("the history is not linearizable: %s", got)
	}
	t.Logf("%d attempts on %d windows: %d wins, %d refusals", r.Attempts, r.Windows, len(out.Won), out.Refused)
}
