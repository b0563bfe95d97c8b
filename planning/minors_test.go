package planning_test

import (
	"slices"
	"testing"

	"handrail/care/minors"
	"handrail/models"
)

// Whom a proposer asked to sign a rule for minors hears of it, the proposer of the
// signature, and both that it was ended.
func TestWhoSignsARuleForMinorsHearsOfIt(t *testing.T) {
	w := newPlannedClinic(t)
	second, coordinator := w.First(models.RoleAdministrator, ""), w.First(models.RoleCoordinator, "")
	w.turn()
	told := func(who models.Actor, part string) int {
		n := 0
		for _, r := range w.refs(who.AccountID) {
			if r == part {
				n++
			}
		}
		return n
	}
	rule, _ := models.MinorRuleOf("US-CA")
	_, err := w.Care.Minors.Propose(t.Context(), w.Admin, rule.Jurisdiction, minors.Proposal{Fingerprint: rule.Fingerprint(), Counsel: "Lee & Park", Second: second.AccountID})
	w.ok(err)
	w.turn()
	if told(second, "task") != 1 || told(w.Admin, "minor-rule") != 0 {
		t.Errorf("proposed: %v, %v", w.refs(second.AccountID), w.refs(w.Admin.AccountID))
	}
	_, err = w.Care.Minors.Sign(t.Context(), second, rule.Jurisdiction, rule.Fingerprint())
	w.ok(err)
	w.turn()
	if told(second, "minor-rule") != 0 || told(w.Admin, "minor-rule") != 1 {
		t.Errorf("signed: %v, %v", w.refs(second.AccountID), w.refs(w.Admin.AccountID))
	}
	_, err = w.Care.Minors.End(t.Context(), coordinator, rule.Jurisdiction)
	w.ok(err)
	w.turn()
	if told(second, "minor-rule") != 1 || told(w.Admin, "minor-rule") != 2 || slices.Contains(w.refs(coordinator.AccountID), "minor-rule") {
		t.Errorf("ended: %v, %v", w.refs(second.AccountID), w.refs(w.Admin.AccountID))
	}
}
