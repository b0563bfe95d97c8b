package planning_test

import (
	"context"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/planning"
)

// askedFor counts what tells somebody that a patient was not reached.
func (w *plannedClinic) askedFor(who models.Actor, patientID string) (n int) {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	for _, i := range p.Items {
		if i.Kind == reminder.News && i.Ref == "unreached:"+patientID {
			n++
		}
	}
	return n
}

// untilMorning ends the quiet time of people of the team, if it is night.
const untilMorning = 14 * time.Hour

// TestTheTeamIsToldWhereThePatientChoseIt: a goal is news for the patient; nothing
// reaches them; their doctor is told once, and nobody else.
func TestTheTeamIsToldWhereThePatientChoseIt(t *testing.T) {
	w := newPlannedClinic(t)
	stranger := w.Clinician(models.DisciplinePsychiatry, w.other)
	w.turn()
	_, err := w.notify.SetChoices(t.Context(), w.sam.AccountID, 0, reminder.Choices{Quiet: []reminder.Window{},
		Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepPush, reminder.StepPerson}}}})
	w.ok(err)
	for _, patient := range []models.Actor{w.sam, w.other} {
		doctor := w.doctor
		if patient.AccountID == w.other.AccountID {
			doctor = stranger // who did not choose it
		}
		_, err = w.Chart(doctor, patient.PatientID).Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Sleep", Domain: "health"})
		w.ok(err)
	}
	w.turn()
	w.drain()
	w.Clock.Move(untilMorning)
	w.drain()
	if own, theirs, others := w.askedFor(w.doctor, w.sam.PatientID), w.askedFor(stranger, w.sam.PatientID), w.askedFor(stranger, w.other.PatientID); own != 1 || theirs != 0 || others != 0 {
		t.Errorf("the doctor was told %d times, a stranger %d, the other doctor %d", own, theirs, others)
	}
}

// TestAskingTwiceTellsOnce, and somebody without a team is an error: an operator sees it.
func TestAskingTwiceTellsOnce(t *testing.T) {
	w := newPlannedClinic(t)
	u := notify.Undelivered{ID: care.NewID(), AccountID: w.sam.AccountID}
	for range 2 {
		w.ok(planning.AskTeam(t.Context(), w.Care, w.notify, u))
	}
	w.Clock.Move(untilMorning)
	if n := w.askedFor(w.doctor, w.sam.PatientID); n != 1 {
		t.Errorf("told %d times", n)
	}
	if planning.AskTeam(context.Background(), w.Care, w.notify, notify.Undelivered{ID: care.NewID(), AccountID: w.other.AccountID}) == nil {
		t.Error("nobody was told, and that is fine")
	}
}

func (w *plannedClinic) drain() {
	w.t.Helper()
	_, err := w.notify.Drain(w.t.Context())
	w.ok(err)
}
