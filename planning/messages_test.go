package planning_test

import (
	"strings"
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/message"
	"handrail/notify"
)

// news counts what somebody was told of messages.
func (w *plannedClinic) messages(who models.Actor) (n int) {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	for _, i := range p.Items {
		if strings.HasPrefix(i.Ref, "message:") {
			n++
		}
	}
	return n
}

// TestWhoIsToldOfAMessage: who takes part, once until they have read, and not the writer;
// of a thread inside the team the team alone. While alerts are off no staff is told.
func TestWhoIsToldOfAMessage(t *testing.T) {
	w := newPlannedClinic(t)
	told := func(what string, patient, doctor int) {
		t.Helper()
		w.turn()
		w.turn()
		if p, d := w.messages(w.sam), w.messages(w.doctor); p != patient || d != doctor {
			t.Errorf("%s: the patient was told %d times, want %d; the doctor %d, want %d", what, p, patient, d, doctor)
		}
	}
	write := func(who models.Actor, thread string) {
		t.Helper()
		_, err := w.Care.Messages.Send(t.Context(), who, thread, message.Draft{ID: care.NewID(), Text: "One more.", Urgency: message.Routine})
		w.ok(err)
	}
	begin := func(who models.Actor, kind message.Kind) string {
		t.Helper()
		s, err := w.Chart(who, w.sam.PatientID).Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: kind, First: message.Draft{ID: care.NewID(), Text: "Hello.", Urgency: message.Routine}})
		w.ok(err)
		return s.Thread.ID
	}
	id := begin(w.sam, message.WithPatient)
	told("alerts are off", 0, 0)
	write(w.doctor, id)
	told("the doctor answers", 1, 0)
	write(w.doctor, id)
	told("once until they have read", 1, 0)
	w.ok(w.Care.Messages.MarkRead(t.Context(), w.sam, id, 3))
	write(w.doctor, id)
	told("after that anew", 2, 0)
	begin(w.doctor, message.InTeam)
	told("inside the team", 2, 0)
}
