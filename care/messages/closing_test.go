package messages_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/message"
)

// TestAClosedConversationLosesNothing: not while an answer is owed, nor by the patient; who
// has not read keeps it in their list; what a phone sends later opens it again and is owed
// an answer.
func TestAClosedConversationLosesNothing(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	id := begin(t, h, p, p.PatientID, message.WithPatient, "Can I move my visit?").Thread.ID
	ctx, m := t.Context(), h.Care.Messages
	_, err := m.Close(ctx, nurse, id, true)
	caretest.WantKind(t, err, models.KindConflict, "answer-is-owed")
	if _, err := write(h, h.Care, nurse, id, "Yes, on Tuesday."); err != nil {
		t.Fatal(err)
	}
	_, err = m.Close(ctx, p, id, true)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	for range 2 {
		v, err := m.Close(ctx, nurse, id, true)
		if err != nil || v.Closed == nil || v.Closed.By.Name != nurse.Name || !v.MayWrite {
			t.Fatalf("%+v %v", v, err)
		}
	}
	if v, err := m.Thread(ctx, p, id, always); err != nil || v.Closed == nil || v.Unread != 1 {
		t.Fatalf("the patient has not read the answer: %+v %v", v, err)
	}
	sent, err := write(h, h.Care, p, id, "And my medicines?")
	if err != nil || sent.Thread.Closed != nil {
		t.Fatalf("%+v %v", sent.Thread, err)
	}
	if v, err := m.Thread(ctx, doctor, id, always); err != nil || v.Waits == nil || v.Closed != nil || len(work(t, h, doctor)) != 1 {
		t.Fatalf("after a later message: %+v %v", v, err)
	}
	if _, err := m.Settle(ctx, doctor, id); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []bool{true, false} {
		if v, err := m.Close(ctx, doctor, id, closed); err != nil || (v.Closed != nil) != closed {
			t.Fatalf("%v: %+v %v", closed, v, err)
		}
	}
}
