package record_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
)

// What a patient told on the telephone is one check-in however often it is sent, says who
// wrote it down, is read by the patient, and an unsafe answer in it counts as one of theirs.
func TestACheckInIsWrittenDownAndMarked(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	team, own, id := h.Chart(nurse, p.PatientID), h.Chart(p, p.PatientID), care.NewID()
	s := h.MoodToday()
	s.Answers["safety"] = "no"
	first, err := team.Record.WriteDown(t.Context(), id, checkin.ByPhone, s)
	if err != nil || first.Taken == nil || first.Taken.How != checkin.ByPhone || first.Taken.By.AccountID != nurse.AccountID {
		t.Fatalf("%+v, %v", first.Taken, err)
	}
	if again, err := team.Record.WriteDown(t.Context(), id, checkin.ByPhone, s); err != nil || again.ID != first.ID {
		t.Errorf("again: %s, %v", again.ID, err)
	}
	page, err := own.Record.CheckIns(t.Context(), "", 10)
	if err != nil || len(page.Items) != 1 || page.Items[0].Taken == nil || page.Items[0].Taken.By.Name == "" {
		t.Errorf("the patient reads %+v, %v", page.Items, err)
	}
	if len(first.Signals) == 0 && first.NeedsPerson == nil {
		t.Errorf("an unsafe answer tells nobody: %+v", first)
	}
}

// A patient sends their own; nobody else in the clinic writes one down for them.
func TestOnlyTheTeamWritesACheckInDown(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	_, err := h.Chart(p, p.PatientID).Record.WriteDown(t.Context(), care.NewID(), checkin.OnPaper, h.MoodToday())
	caretest.WantKind(t, err, models.KindForbidden, "team-writes-down")
	mother := h.Supporter(p)
	h.Share(p, mother, models.ScopeGoalsShared)
	if _, err := h.Chart(mother, p.PatientID).Record.WriteDown(t.Context(), care.NewID(), checkin.OnPaper, h.MoodToday()); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a supporter: %v", err)
	}
}
