package visits_test

import (
	"strings"
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

func proposed(t *testing.T, h *caretest.Clinic, actor models.Actor, patientID string, therapist models.Actor) []visits.Proposal {
	t.Helper()
	found, err := h.Chart(actor, patientID).Visits.Propose(t.Context(), visits.SlotQuestion{Ask: caretest.With(therapist), From: caretest.At(3, 0, 0), To: caretest.At(4, 0, 0), Limit: 5})
	if err != nil || len(found) != 5 {
		t.Fatal(found, err)
	}
	return found
}

func TestAProposalIsTheActorsOwnAndEndsWithTheNextSearch(t *testing.T) {
	h, patient, therapist, _ := talking(t)
	found := proposed(t, h, patient, patient.PatientID, therapist)
	for id, who := range map[string]models.Actor{found[0].ID: therapist, found[0].ID + "0": patient, strings.Replace(found[0].ID, ".0", ".00", 1): patient,
		strings.Replace(found[0].ID, ".0", ".-1", 1): patient, strings.Replace(found[0].ID, ".0", ".5", 1): patient, "": patient} {
		if _, err := h.Care.Visits.HoldProposal(t.Context(), who, id); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%s as %s: %v", id, who.Role, err)
		}
	}
	v, err := h.Care.Visits.HoldProposal(t.Context(), patient, found[1].ID)
	if err != nil || !v.Value.Start.Equal(found[1].Slot.Start) {
		t.Fatal(v, err)
	}
	// A hold whose time is over is not booked under its old name.
	h.Clock.Move(2 * schedule.HoldTime)
	if _, err := h.Care.Visits.BookProposal(t.Context(), patient, found[1].ID); models.KindOf(err) != models.KindGone {
		t.Errorf("a hold that is over: %v", err)
	}
	theirs := proposed(t, h, therapist, patient.PatientID, therapist)
	if _, err := h.Care.Visits.BookProposal(t.Context(), patient, found[2].ID); err != nil {
		t.Errorf("somebody else's search ended it: %v", err)
	}
	proposed(t, h, patient, patient.PatientID, therapist)
	if _, err := h.Care.Visits.BookProposal(t.Context(), patient, found[3].ID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("after the next search: %v", err)
	}
	if _, err := h.Care.Visits.BookProposal(t.Context(), therapist, theirs[4].ID); err != nil {
		t.Error(err)
	}
}

func TestSearchesAtOnceLeaveOneThatHolds(t *testing.T) {
	h, patient, therapist, _ := talking(t)
	answers := make([][]visits.Proposal, 6)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			var err error
			if answers[i], err = h.Chart(patient, patient.PatientID).Visits.Propose(t.Context(), visits.SlotQuestion{Ask: caretest.With(therapist), From: caretest.At(3, 0, 0), To: caretest.At(4, 0, 0), Limit: 5}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	won := 0
	for _, found := range answers {
		if _, err := h.Care.Visits.HoldProposal(t.Context(), patient, found[0].ID); err == nil {
			won++
		}
	}
	if won != 1 {
		t.Errorf("%d searches hold", won)
	}
}

func TestARightThatIsGoneEndsAProposal(t *testing.T) {
	h, patient, therapist, _ := talking(t)
	found := proposed(t, h, therapist, patient.PatientID, therapist)
	if err := h.Chart(h.Admin, patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, therapist.AccountID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Visits.BookProposal(t.Context(), therapist, found[0].ID); models.KindOf(err) != models.KindNotFound {
		t.Error(err)
	}
}

func TestFreeAndBusyAreTold(t *testing.T) {
	h, _, patient, therapist := busyClinic(t)
	own := h.Chart(patient, patient.PatientID)
	if _, err := own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(2, 14, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Visits.Hold(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(2, 16, 0)); err != nil {
		t.Fatal(err)
	}
	said := func() string {
		b, err := h.Care.Visits.FreeBusy(t.Context(), therapist, therapist.AccountID, caretest.At(2, 0, 0), caretest.At(3, 0, 0))
		if err != nil || b.Name == "" {
			t.Fatal(err)
		}
		var out []string
		for _, x := range b.Time {
			out = append(out, string(x.State)+" "+x.Start().Format("1504")+"-"+x.End().Format("1504"))
		}
		return strings.Join(out, ", ")
	}
	if got := said(); got != "free 1400-1500, elsewhere 1500-1700, free 1700-1900, taken 1900-2000, free 2000-2100, held 2100-2200" { // UTC: nine to five in New York
		t.Error(got)
	}
	h.Clock.Move(2 * schedule.HoldTime)
	if got := said(); !strings.HasSuffix(got, "free 2000-2200") {
		t.Errorf("after the hold: %s", got)
	}
}
