package models

import (
	"testing"
	"time"
)

// TestARestrictedChartIsClosedToPeopleOfTheClinic, whatever else they could read it by, but
// those on its list and an emergency; who nobody has looked for is not let in.
func TestARestrictedChartIsClosedToPeopleOfTheClinic(t *testing.T) {
	consents := []Consent{sharing(doctor, Scope(SectionGoals)), sharing(mother, ScopeGoalsShared)}
	coordinator, admin := Actor{AccountID: "k", Role: RoleCoordinator}, Actor{AccountID: "a", Role: RoleAdministrator}
	r := Restriction{PatientID: patientA, Since: accessNow, Readers: []RestrictionReader{{AccountID: clinician.AccountID}}}
	ask := func(a Actor, s Section, f AccessFacts) Decision {
		return Decide(AccessQuestion{a, patientA, s, Read, PurposeOf(a.Role), accessNow}, f)
	}
	for name, c := range map[string]struct {
		actor   Actor
		section Section
		facts   AccessFacts
		open    bool
	}{
		"on the list":               {clinician, SectionCheckIns, AccessFacts{Membership: member(clinician), Restricted: r.For(clinician.AccountID)}, true},
		"on the list, not the team": {clinician, SectionCheckIns, AccessFacts{Restricted: r.For(clinician.AccountID)}, false},
		"of the team":               {doctor, SectionCheckIns, AccessFacts{Membership: member(doctor), Restricted: r.For(doctor.AccountID)}, false},
		"by an older consent":       {doctor, SectionGoals, AccessFacts{Consents: consents[:1], Restricted: r.For(doctor.AccountID)}, false},
		"coordinator":               {coordinator, SectionProfile, AccessFacts{Restricted: r.For("k")}, false},
		"administrator":             {admin, SectionCareTeam, AccessFacts{Restricted: r.For("a")}, false},
		"nobody has looked":         {admin, SectionCareTeam, AccessFacts{}, false},
		"family":                    {mother, SectionGoals, AccessFacts{Consents: consents[1:]}, true},
		"the patient":               {Actor{AccountID: "p", Role: RolePatient, PatientID: patientA}, SectionGoals, AccessFacts{}, true},
	} {
		d := ask(c.actor, c.section, c.facts)
		if d.Allowed != c.open {
			t.Errorf("%s: %+v", name, d)
		}
		if word := c.facts.Restricted; !c.open && c.actor.Role.Staff() && word != RestrictedNamed && d.Rule != RuleRestricted {
			t.Errorf("%s is refused by %q", name, d.Rule)
		}
	}
	glass := BreakGlass{PatientID: patientA, AccountID: doctor.AccountID, At: accessNow, Until: accessNow.Add(time.Hour)}
	if !ask(doctor, SectionCrisisPlan, AccessFacts{BreakGlass: []BreakGlass{glass}, Restricted: RestrictedOut}).Allowed {
		t.Error("an emergency is stopped")
	}
	if ended := accessNow; (Restriction{Since: accessNow, EndedAt: &ended}).For("x") != NotRestricted || (Restriction{}).For("x") != NotRestricted {
		t.Error("a chart that is not closed is")
	}
}

// TestAnEmergencyInARestrictedChartIsToldAtOnce, whatever risk was noted, and reviewed in a day.
func TestAnEmergencyInARestrictedChartIsToldAtOnce(t *testing.T) {
	g := BreakGlass{ID: "g", At: accessNow, TellRisk: BreakGlassRisks[0], Restricted: true}
	waits := g.WaitsOf()
	if len(waits) != 1 || waits[0].Kind != BreakGlassReview || !waits[0].Due.Equal(accessNow.Add(24*time.Hour)) {
		t.Errorf("waits: %+v", waits)
	}
	g.Restricted = false
	if waits = g.WaitsOf(); len(waits) != 2 || !waits[0].Due.Equal(accessNow.Add(72*time.Hour)) {
		t.Errorf("of another chart: %+v", waits)
	}
}
