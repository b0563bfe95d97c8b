package alerts_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
)

// TestAnAlertOfAClosedChartGoesToWhoMayReadIt: one that is open moves from a colleague who
// is not on the list to who is; where nobody on it can be asked, the fail-safe hears that
// somebody needs attention, and neither who nor why.
func TestAnAlertOfAClosedChartGoesToWhoMayReadIt(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	must(h.Care.People.Restrict(t.Context(), p, p.PatientID, 1, people.RestrictionTerms{Reason: models.RestrictedStaff, Readers: []string{doctor.AccountID}}))(t)
	if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
	if v := must(h.Care.Alerts.Alert(t.Context(), doctor, id, always))(t); v.Owner != doctor.AccountID || !v.Whole {
		t.Fatalf("who is on the list: %+v", v)
	}
	for _, w := range work(t, h, nurse) {
		if w.Patient != "" || w.CheckIn != nil || w.Alert != nil && (w.Alert.Whole || w.Alert.PatientName != "") {
			t.Fatalf("who is not: %+v", w)
		}
	}
	must(h.Care.People.Suspend(t.Context(), h.Admin, 0, doctor.AccountID, true))(t)
	if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
	got := work(t, h, h.Admin)
	if len(got) == 0 || got[0].Kind != "alert" || got[0].Alert.Owner != h.Admin.AccountID || got[0].Alert.Whole || got[0].Alert.PatientName != "" || got[0].Patient != "" {
		t.Fatalf("with nobody who may see it: %+v", got)
	}
}
