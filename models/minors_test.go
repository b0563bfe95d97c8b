package models

import (
	"slices"
	"testing"
	"time"
)

// For each rule that ships: a parent sees of a minor below each age what the rule names
// and nothing else, and from the age on, or of an adult, or without a known day of birth,
// nothing at all. Other guardians see nothing of a minor.
func TestAParentNeverSeesAMinorWhoConsentsAlone(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, r := range MinorRules() {
		alone := min(r.AloneSubstanceUse, r.AloneMentalHealth)
		if r.Source == "" || r.Mark != "R" && r.Mark != "K" || alone == 0 {
			t.Errorf("%s is not whole: %+v", r.Jurisdiction, r)
		}
		for birth, sees := range map[string]bool{
			at.AddDate(-alone, 0, 3).Format(time.DateOnly): true, at.AddDate(-alone, 0, 0).Format(time.DateOnly): false,
			at.AddDate(-AdultAge, 0, 1).Format(time.DateOnly): false, at.AddDate(-30, 0, 0).Format(time.DateOnly): false, "": false, "2019-02-31": false,
		} {
			for _, basis := range GuardianBases {
				g := Guardian{PatientID: "p", AccountID: "a", Basis: basis, GuardianSpan: GuardianSpan{From: at.AddDate(0, 0, -1), Until: at.AddDate(1, 0, 0)}, Sections: GuardianSections, Signs: true}
				for _, s := range Sections {
					d := Decide(AccessQuestion{Actor: Actor{AccountID: "a", Role: RoleGuardian}, PatientID: "p", Section: s, Verb: Read, At: at},
						AccessFacts{Guardian: &g, Minor: Minor(birth, at), ParentMay: r.ParentMaySee(birth, at)})
					want := basis == BasisParent && sees && slices.Contains(r.ParentSees, s)
					if adult := !Minor(birth, at); adult && basis != BasisParent {
						want = slices.Contains(GuardianSections, s)
					}
					if d.Allowed != want {
						t.Errorf("%s, born %q, %s, %s: %v", r.Jurisdiction, birth, basis, s, d.Allowed)
					}
				}
			}
		}
	}
	if _, ok := MinorRuleOf(""); ok {
		t.Error("no jurisdiction has a rule")
	}
}
