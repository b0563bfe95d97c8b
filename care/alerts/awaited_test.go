package alerts_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/models"
)

// TestWhoLooksIsTold: whom a line of the log names is told at once, and nobody else; the
// same of each window of theirs, of as many as may wait; and what was lost is told to all.
func TestWhoLooksIsTold(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	lines := h.Care.Upkeep.FollowLines(func(e models.AuditEvent) bool { return e.Whom != "" })
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
	h.Care.Alerts.Named(lines.Take())
	if !told(hers) || !told(second) || told(his) {
		t.Fatal("who is called is not told, or who is not is")
	}
	stop()
	stopSecond()
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	h.Care.Alerts.Named(lines.Take())
	if told(hers) {
		t.Error("who went is told")
	}
	h.Care.Alerts.Named(nil, true)
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
