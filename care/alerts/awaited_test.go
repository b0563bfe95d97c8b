package alerts_test

import (
	"testing"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/message"
)

// TestWhoLooksIsTold: whom a line of the log names is told at once, and nobody else; the
// same of each window of theirs, of as many as may wait; and what was lost is told to all.
func TestWhoLooksIsTold(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	lines := h.Care.Upkeep.FollowLines(alerts.Tells)
	named := func() {
		t.Helper()
		all, lost := lines.Take()
		if err := h.Care.Alerts.Named(t.Context(), all, lost); err != nil {
			t.Fatal(err)
		}
	}
	told := func(came <-chan struct{}) bool {
		select {
		case <-came:
			return true
		default:
			return false
		}
	}
	hers, stop := h.Care.Alerts.Await(nurse.AccountID)
	second, stopSecond := h.Care.Alerts.Await(nurse.AccountID)
	his, stopHis := h.Care.Alerts.Await(doctor.AccountID)
	defer stopHis()
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	named()
	if !told(hers) || !told(second) || !told(his) {
		t.Fatal("who is called is not told, or who reads for the patient is not")
	}
	other := h.Patient()
	if _, err := h.Chart(other, other.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
		t.Fatal(err)
	}
	named()
	if told(hers) || told(his) {
		t.Fatal("a patient of others is told of")
	}
	if _, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
		t.Fatal(err)
	}
	named()
	if !told(hers) || !told(his) {
		t.Fatal("a check-in without a signal is told to nobody")
	}
	opening := message.Opening{Kind: message.WithPatient, First: message.Draft{ID: care.NewID(), Text: "Hello", Urgency: message.Routine}}
	if _, err := h.Chart(p, p.PatientID).Messages.Begin(t.Context(), care.NewID(), opening); err != nil {
		t.Fatal(err)
	}
	named()
	if !told(hers) || !told(his) {
		t.Fatal("a message is told to nobody")
	}
	// Of a patient without a team the fail-safe reads: outside of every team.
	alone, stopAlone := h.Care.Alerts.Await(h.Admin.AccountID)
	defer stopAlone()
	if _, err := h.Chart(other, other.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
		t.Fatal(err)
	}
	named()
	if !told(alone) || told(hers) {
		t.Fatal("a check-in is not told to who reads it without being on the team, or to others")
	}
	opening.First.ID = care.NewID()
	if _, err := h.Chart(other, other.PatientID).Messages.Begin(t.Context(), care.NewID(), opening); err != nil {
		t.Fatal(err)
	}
	named()
	if !told(alone) || told(hers) {
		t.Fatal("a message is not told to who reads it without being on the team, or to others")
	}
	stop()
	stopSecond()
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	named()
	told(his)
	if told(hers) {
		t.Error("who went is told")
	}
	if err := h.Care.Alerts.Named(t.Context(), nil, true); err != nil {
		t.Fatal(err)
	}
	if !told(his) {
		t.Error("what was lost is told to nobody")
	}
	n := 0
	for range 10 {
		came, leave := h.Care.Alerts.Await(nurse.AccountID)
		defer leave()
		if came != nil {
			n++
		}
	}
	if n != 4 {
		t.Errorf("%d windows of one person wait", n)
	}
}
