package crisisplan

import (
	"testing"

	"handrail/models"
)

func TestNumbersAreCheckedAgain(t *testing.T) {
	const ana, reyes = "+15550100001", "+15550100002"
	p, first := activePlan(samsPlan())
	for day, want := range map[string]NumberState{planDay: NumberVerified, "2026-05-29": NumberVerified, "2026-05-30": NumberNotVerified} {
		if got := p.NumberState(ana, day); got != want {
			t.Errorf("on %s: %s", day, got)
		}
	}
	before := p
	if err := p.CheckNumbers([]NumberReport{{"+1 555 010 0001", true}, {reyes, false}}, sam, "2026-05-30"); err != nil {
		t.Fatal(err)
	}
	if p.NumberState(ana, "2026-08-27") != NumberVerified || p.NumberState(reyes, "2026-05-30") != NumberUnreachable || p.Reviews.Waiting[TriggerContact] != "2026-05-30" {
		t.Errorf("after the check: %+v, %+v", p.Numbers, p.Reviews)
	}
	if before.Numbers[reyes].Unreachable || before.Reviews.Waiting != nil {
		t.Error("the plan as it was changed too")
	}
	if err := p.CheckNumbers([]NumberReport{{ana, true}, {"+15559999999", true}}, sam, "2026-06-01"); models.KindOf(err) != models.KindInvalid || p.Numbers[ana].CheckedOn != "2026-05-30" {
		t.Errorf("a number of somebody else: %v", err)
	}
	// A new number counts as checked on the day that it is written; the one it
	// replaces is forgotten once no version that holds has it.
	c := samsPlan()
	c.CrisisSupport[0].Phone = Phone{Number: "+15550100009"}
	second, _, err := p.Save(Edit{Content: c, From: first, Newest: first, Active: first}, sam, "2026-06-10", hours(2400))
	if err != nil || p.NumberState("+15550100009", "2026-06-10") != NumberVerified || p.Numbers[ana].CheckedOn != "2026-05-30" {
		t.Errorf("a draft with a new number: %+v, %v", p.Numbers, err)
	}
	if err := p.Activate(&second, &first, sam, Assent{}, "2026-06-10", hours(2400)); err != nil || p.NumberState(ana, "2026-06-10") != NumberNotVerified || p.NumberState(reyes, "2026-06-10") != NumberUnreachable {
		t.Errorf("after the new version: %+v, %v", p.Numbers, err)
	}
}
