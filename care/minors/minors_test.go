package minors_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/care/minors"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/task"
)

// A rule holds with two signatures of two administrators, under the words that ship; one
// of the office ends it; nobody else does any of that; and the second person's task ends
// with it.
func TestTwoPeopleSignARuleForMinors(t *testing.T) {
	h := caretest.New(t)
	care := h.Care.Minors
	second, third := h.First(models.RoleAdministrator, ""), h.First(models.RoleAdministrator, "")
	coordinator := h.First(models.RoleCoordinator, "")
	const place = "US-CA"
	rule, _ := models.MinorRuleOf(place)
	asked := minors.Proposal{Fingerprint: rule.Fingerprint(), Counsel: "Lee & Park, 2 March", Second: second.AccountID}
	state := func(want string) {
		t.Helper()
		all, err := care.List(t.Context(), coordinator)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.Jurisdiction == place && s.State != want {
				t.Errorf("it is %s, want %s", s.State, want)
			}
		}
	}
	propose := func(by models.Actor, p minors.Proposal) error {
		_, err := care.Propose(t.Context(), by, place, p)
		return err
	}
	sign := func(by models.Actor, words string) error {
		_, err := care.Sign(t.Context(), by, place, words)
		return err
	}
	open := func(who models.Actor) (found int) {
		t.Helper()
		list, err := h.Care.Tasks.Tasks(t.Context(), who, tasks.Filter{List: tasks.Asked}, "", 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list.Items {
			if v.Code == task.CodeMinorRule && !v.Status.Ended() {
				found++
			}
		}
		return found
	}
	caretest.WantKind(t, sign(second, rule.Fingerprint()), models.KindConflict, "not-proposed")
	for _, who := range []models.Actor{coordinator, h.Clinician(models.DisciplinePsychiatry), h.Patient()} {
		caretest.WantKind(t, propose(who, asked), models.KindForbidden, "not-for-your-role")
		caretest.WantKind(t, sign(who, rule.Fingerprint()), models.KindForbidden, "not-for-your-role")
	}
	for _, no := range []string{h.Admin.AccountID, coordinator.AccountID, h.Patient().AccountID} {
		bad := asked
		bad.Second = no
		caretest.WantKind(t, propose(h.Admin, bad), models.KindInvalid, "invalid-input")
	}
	old := asked
	old.Fingerprint = "0123456789abcdef0123456789abcdef"
	caretest.WantKind(t, propose(h.Admin, old), models.KindConflict, "rule-changed")
	state(models.MinorRuleUnsigned)

	for range 2 { // twice is once
		if err := propose(h.Admin, asked); err != nil {
			t.Fatal(err)
		}
	}
	state(models.MinorRuleProposed)
	if n := open(second); n != 1 {
		t.Errorf("the second has %d tasks", n)
	}
	caretest.WantKind(t, propose(third, asked), models.KindConflict, "already-proposed")
	caretest.WantKind(t, sign(h.Admin, rule.Fingerprint()), models.KindForbidden, "second-person")
	caretest.WantKind(t, sign(second, old.Fingerprint), models.KindConflict, "rule-changed")
	for range 2 {
		if err := sign(second, rule.Fingerprint()); err != nil {
			t.Fatal(err)
		}
	}
	state(models.MinorRuleInForce)
	if n := open(second); n != 0 {
		t.Errorf("%d tasks are left", n)
	}
	for range 2 {
		if _, err := care.End(t.Context(), coordinator, place); err != nil {
			t.Fatal(err)
		}
	}
	state(models.MinorRuleEnded)
	asked.Second = h.Admin.AccountID
	if err := propose(second, asked); err != nil { // anew, by another one
		t.Fatal(err)
	}
	state(models.MinorRuleProposed)
	h.Spoil("minor_rules", place, "{")
	state(models.MinorRuleUnreadable) // and hides no other
}
