package alerts_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// TestOwnWordsOfACheckInAreRead: a phrase in the note is met with help in the answer and
// raises R-TXT-1 for a person to read, without the words; a mark as a mistake ends nothing.
func TestOwnWordsOfACheckInAreRead(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	own := h.Chart(p, p.PatientID)
	id := care.NewID()
	out := must(own.Record.SendCheckIn(t.Context(), id, checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(), Zone: "America/New_York",
		Answers: map[string]any{"mood": 5.0, "safety": false, "note": "Some days I want to die."}}))(t)
	if out.Help == nil || !slices.Contains(out.Help.Needs, checkin.NeedCrisis) {
		t.Fatalf("the answer: %+v", out.Help)
	}
	got := work(t, h, nurse)
	if len(got) != 1 || got[0].Kind != "alert" || got[0].Tier != checkin.Elevated || got[0].Alert.Rule != risk.TextRule || got[0].Alert.Evidence[0].Words != "" {
		t.Fatalf("%+v", got)
	}
	must(own.Record.MarkMistake(t.Context(), id, []string{"note"}))(t)
	if v := must(h.Care.Alerts.Alert(t.Context(), nurse, got[0].Alert.ID, always))(t); v.Status.Ended() || !slices.Contains(v.Mistakes, id) {
		t.Fatalf("after the mark: %+v", v)
	}
}
