package alerts_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// TestReport: administrators read it of all, who leads a team of its patients, and nobody
// else; more than two urgent alerts of one person in 12 hours are told to the lead.
func TestReport(t *testing.T) {
	h := caretest.New(t)
	p, other := h.Patient(), h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry)
	if _, err := h.Chart(h.Admin, other.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, doctor.AccountID, true); err != nil {
		t.Fatal(err)
	}
	on(t, h)
	var last string
	for i := range 3 {
		if heard, err := h.Care.Alerts.TooMuch(t.Context(), nurse.AccountID, last); err != nil || len(heard) != 0 {
			t.Fatalf("%d alerts: %v %v", i, heard, err)
		}
		v := must(h.Chart(nurse, p.PatientID).Alerts.Raise(t.Context(), care.NewID(), alerts.ByHand{Tier: checkin.Urgent, Words: "Please look."}))(t)
		last = v.ID
		h.Clock.Move(time.Hour)
	}
	must(h.Care.Alerts.Record(t.Context(), nurse, last, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t)
	heard := must(h.Care.Alerts.TooMuch(t.Context(), nurse.AccountID, last))(t)
	if len(heard) != 1 || heard[0] != h.Admin.AccountID {
		t.Fatalf("without a lead: %v", heard)
	}
	r := must(h.Care.Alerts.Report(t.Context(), h.Admin, time.Time{}, time.Time{}))(t)
	if len(r.Rules) != 1 || r.Rules[0].Fired != 3 || r.Rules[0].ActedOn != 1 || r.Rules[0].Waiting != 2 || *r.Rules[0].MedianMinutes != 60 {
		t.Fatalf("%+v", r.Rules)
	}
	if len(r.People) == 0 || !r.People[0].TooMuch || r.People[0].AccountID != nurse.AccountID {
		t.Fatalf("%+v", r.People)
	}
	if r := must(h.Care.Alerts.Report(t.Context(), doctor, time.Time{}, time.Time{}))(t); len(r.Rules) != 0 {
		t.Errorf("who leads another team reads of this one: %+v", r)
	}
	if _, err := h.Chart(h.Admin, p.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, doctor.AccountID, true); err != nil {
		t.Fatal(err)
	}
	fired := func() (n int) {
		for _, r := range must(h.Care.Alerts.Report(t.Context(), doctor, time.Time{}, time.Time{}))(t).Rules {
			n += r.Fired
		}
		return n
	}
	if n := fired(); n != 3 {
		t.Errorf("who leads this team reads of %d", n)
	}
	no(t, h, p, doctor)
	if n := fired(); n != 0 {
		t.Errorf("a lead who was told no reads that there are %d", n)
	}
	for _, who := range []models.Actor{nurse, p, h.Supporter(p)} {
		if _, err := h.Care.Alerts.Report(t.Context(), who, time.Time{}, time.Time{}); models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s reads it: %v", who.Role, err)
		}
	}
	if _, err := h.Care.Alerts.Report(t.Context(), h.Admin, time.Time{}, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)); models.KindOf(err) != models.KindInvalid {
		t.Errorf("the year 0: %v", err)
	}
	now := h.Clock.Now()
	if _, err := h.Care.Alerts.Report(t.Context(), h.Admin, now.AddDate(-1, 0, 0), now); models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
}
