package referral_test

import (
	"testing"
	"time"

	"handrail/models/checkin"
	"handrail/models/referral"
)

// Each need has its question, which offers exactly the answers of a need; that of safety
// has one more, for who is in danger.
func TestEachNeedHasItsQuestion(t *testing.T) {
	asked := 0
	for _, q := range checkin.Questions() {
		if !referral.IsQuestion(q.ID) {
			continue
		}
		asked++
		for _, choice := range q.Choices {
			said := referral.ToldIn(map[string]any{q.ID: choice}, "check-in")
			want := choice
			if choice == "danger" {
				want = "help"
			}
			if len(said) != 1 || said[0].Wants != want || referral.QuestionPrefix+said[0].Need != q.ID || said[0].CheckInID != "check-in" {
				t.Errorf("%s %s tells %+v", q.ID, choice, said)
			}
			sent, err := checkin.Read([]byte(`{"formVersion":1,"answeredAt":"2026-03-02T10:00:00Z","zone":"UTC","answers":{"` + q.ID + `":"` + choice + `","safety":false}}`))
			if err != nil {
				t.Fatal(err)
			}
			_, needs := checkin.Take("id", "p", sent, checkin.Known{Received: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), FormVersion: 1})
			if len(needs) > 0 != (choice == "danger") {
				t.Errorf("%s %s is met with help: %v", q.ID, choice, needs)
			}
		}
	}
	if asked != len(referral.Needs) {
		t.Errorf("%d questions for %d needs", asked, len(referral.Needs))
	}
	if said := referral.ToldIn(map[string]any{"need-food": true, "need-room": "help", "mood": 3.0}, ""); len(said) != 0 {
		t.Errorf("what is no answer tells %+v", said)
	}
}

// A check-in that comes late loses no wish for help, and undoes nothing that was said
// since.
func TestALateCheckInUndoesNothing(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	stands := referral.SocialNeeds{At: now, Needs: []referral.Asked{{Need: "food", Wants: "help", Words: "For two."}, {Need: "work", Wants: "fine"}}}
	for _, c := range []struct {
		need, wants string
		at          time.Time
		want        referral.Asked
	}{
		{"food", "fine", now.Add(-time.Hour), referral.Asked{Need: "food", Wants: "help", Words: "For two."}},
		{"food", "fine", now.Add(time.Hour), referral.Asked{Need: "food", Wants: "fine", Words: "For two.", CheckInID: "c"}},
		{"food", "help", now.Add(time.Hour), referral.Asked{Need: "food", Wants: "help", Words: "For two."}},
		{"work", "help", now.Add(-time.Hour), referral.Asked{Need: "work", Wants: "help", CheckInID: "c"}},
		{"legal", "later", now.Add(-time.Hour), referral.Asked{Need: "legal", Wants: "later", CheckInID: "c"}},
	} {
		after := stands.Told([]referral.Asked{{Need: c.need, Wants: c.wants, CheckInID: "c"}}, c.at)
		for _, a := range after.Needs {
			if a.Need == c.need && a != c.want {
				t.Errorf("%s %s: %+v", c.need, c.wants, a)
			}
		}
	}
	if stands.Needs[1].Wants != "fine" {
		t.Error("what stood was changed in place")
	}
}
