package education_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/education"
	"handrail/models/risk"
)

// TestWhatHappenedLeadsToAPage: out of a jail, to the page on tolerance, for a month; a goal
// of work, to the one on work. Their family is shown nothing of it.
func TestWhatHappenedLeadsToAPage(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p := h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	because := func(who models.Actor) (out []education.Situation) {
		t.Helper()
		m, err := h.Care.Learn.Mine(t.Context(), who, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range m.Suggestions {
			out = append(out, s.For)
		}
		return out
	}
	want := func(when string, first education.Situation, n int) {
		t.Helper()
		got := because(p)
		if len(got) != n || n > 0 && got[0] != first {
			t.Errorf("%s: %v", when, got)
		}
		if got := because(mother); len(got) != 0 {
			t.Errorf("%s: the mother is offered %v", when, got)
		}
	}
	set := func(version int64, s risk.ContactState) {
		t.Helper()
		if _, err := h.Chart(nurse, p.PatientID).Record.SetContactState(t.Context(), version, s); err != nil {
			t.Fatal(err)
		}
	}
	want("nothing happened", "", 0)
	set(1, risk.ContactState{State: risk.InJail})
	want("in jail", "", 0)
	set(2, risk.ContactState{State: risk.Here})
	want("out of jail", education.AfterBreak, 3)
	h.Clock.Move(20 * 24 * time.Hour)
	set(3, risk.ContactState{State: risk.Away})
	set(4, risk.ContactState{State: risk.Here})
	want("back from a journey as well", education.AfterBreak, 3)
	h.Clock.Move(11 * 24 * time.Hour)
	want("a month later", "", 0)
	if _, err := h.Chart(p, p.PatientID).Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Work again", Domain: "work"}); err != nil {
		t.Fatal(err)
	}
	want("a goal of work", education.WorkGoal, 1)
}
