package planning_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/models"
)

// TestWhoLeavesATeamHearsOfIt: by the lead's yes and when it is ended at once, in a note
// that names no patient; who asked hears of the answer; a no is told to nobody who stays.
func TestWhoLeavesATeamHearsOfIt(t *testing.T) {
	w := newPlannedClinic(t)
	nurse, lead := w.Clinician(models.DisciplineNursing, w.sam), w.Clinician(models.DisciplineTherapy, w.sam)
	office := w.Chart(w.Admin, w.sam.PatientID).People
	_, err := office.JoinTeam(t.Context(), care.AnyVersion, lead.AccountID, true)
	w.ok(err)
	w.turn()
	told := func(who models.Actor, part string) bool { return slices.Contains(w.refs(who.AccountID), part) }
	answer := func(yes bool) {
		t.Helper()
		w.ok(office.AskToLeave(t.Context(), care.AnyVersion, nurse.AccountID, false))
		_, err := w.Chart(lead, w.sam.PatientID).People.AnswerEnd(t.Context(), nurse.AccountID, yes)
		w.ok(err)
		w.turn()
	}
	answer(false)
	if told(nurse, "team-left") || !told(w.Admin, "team-end") {
		t.Errorf("after a no: nurse %v, office %v", w.refs(nurse.AccountID), w.refs(w.Admin.AccountID))
	}
	answer(true)
	if !told(nurse, "team-left") {
		t.Errorf("after a yes the nurse has %v", w.refs(nurse.AccountID))
	}
	doctor := w.doctor
	w.ok(office.AskToLeave(t.Context(), care.AnyVersion, doctor.AccountID, true))
	w.turn()
	if !told(doctor, "team-left") {
		t.Errorf("at once, and the doctor has %v", w.refs(doctor.AccountID))
	}
}
