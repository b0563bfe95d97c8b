package models

import (
	"math/rand/v2"
	"testing"
	"time"
)

var (
	accessNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	patientA  = "pa"
	clinician = Actor{AccountID: "c1", Role: RoleClinician, Discipline: DisciplineTherapy}
	doctor    = Actor{AccountID: "c2", Role: RoleClinician, Discipline: DisciplinePsychiatry}
	mother    = Actor{AccountID: "s1", Role: RoleSupporter}
)

func member(a Actor) *Membership {
	return &Membership{PatientID: patientA, AccountID: a.AccountID, Since: accessNow.Add(-time.Hour)}
}

func sharing(a Actor, scopes ...Scope) Consent {
	end := accessNow.Add(time.Hour)
	return Consent{ID: "k", PatientID: patientA, ConsentTerms: ConsentTerms{Kind: ConsentSharing, Provision: Permit,
		Recipient: a.AccountID, Scopes: scopes, Purposes: []Purpose{PurposeFamily, PurposeTreatment}, Expiry: Expiry{At: &end}}}
}

func TestDecide(t *testing.T) {
	gone := accessNow.Add(-time.Minute)
	left := member(clinician)
	left.Until = &gone
	revoked := sharing(mother, ScopeGoalsShared)
	revoked.RevokedAt = &gone
	no := sharing(clinician, Scope(SectionGoals))
	no.Provision = Deny
	breakGlass := BreakGlass{PatientID: patientA, AccountID: doctor.AccountID, At: accessNow, Until: accessNow.Add(time.Hour)}
	for name, c := range map[string]struct {
		actor   Actor
		section Section
		verb    Verb
		facts   AccessFacts
		purpose Purpose
		basis   Basis
		whole   bool
	}{
		"own chart":                 {Actor{Role: RolePatient, PatientID: patientA}, SectionAccessLog, Read, AccessFacts{}, PurposeSelf, BasisSelf, true},
		"another patient":           {Actor{Role: RolePatient, PatientID: "pb"}, SectionGoals, Read, AccessFacts{}, PurposeSelf, BasisNone, false},
		"patient of no chart":       {Actor{Role: RolePatient}, SectionGoals, Read, AccessFacts{}, PurposeSelf, BasisNone, false},
		"team member":               {clinician, SectionCheckIns, Read, AccessFacts{Membership: member(clinician)}, PurposeTreatment, BasisTeam, true},
		"left the team":             {clinician, SectionCheckIns, Read, AccessFacts{Membership: left}, PurposeTreatment, BasisNone, false},
		"somebody else's seat":      {doctor, SectionCheckIns, Read, AccessFacts{Membership: member(clinician)}, PurposeTreatment, BasisNone, false},
		"patient said no":           {clinician, SectionGoals, Read, AccessFacts{Membership: member(clinician), Consents: []Consent{no}}, PurposeTreatment, BasisNone, false},
		"the no is for one section": {clinician, SectionCheckIns, Read, AccessFacts{Membership: member(clinician), Consents: []Consent{no}}, PurposeTreatment, BasisTeam, true},
		"team, access log":          {clinician, SectionAccessLog, Read, AccessFacts{Membership: member(clinician)}, PurposeTreatment, BasisNone, false},
		"team, counselling notes":   {clinician, SectionCounsellingNotes, Read, AccessFacts{Membership: member(clinician)}, PurposeTreatment, BasisNone, false},
		"trainee writes":            {Actor{AccountID: "c1", Role: RoleClinician, Discipline: DisciplineTrainee}, SectionGoals, Write, AccessFacts{Membership: member(clinician)}, PurposeTreatment, BasisNone, false},
		"supporter by default":      {mother, SectionGoals, Read, AccessFacts{}, PurposeFamily, BasisNone, false},
		"supporter, shared goals":   {mother, SectionGoals, Read, AccessFacts{Consents: []Consent{sharing(mother, ScopeGoalsShared)}}, PurposeFamily, BasisConsent, false},
		"supporter writes":          {mother, SectionGoals, Write, AccessFacts{Consents: []Consent{sharing(mother, ScopeGoalsShared)}}, PurposeFamily, BasisNone, false},
		"supporter, other section":  {mother, SectionCheckIns, Read, AccessFacts{Consents: []Consent{sharing(mother, ScopeGoalsShared)}}, PurposeFamily, BasisNone, false},
		"revoked":                   {mother, SectionGoals, Read, AccessFacts{Consents: []Consent{revoked}}, PurposeFamily, BasisNone, false},
		"other purpose":             {mother, SectionGoals, Read, AccessFacts{Consents: []Consent{sharing(mother, ScopeGoalsShared)}}, PurposeOperations, BasisNone, false},
		"whole beats part":          {doctor, SectionGoals, Read, AccessFacts{Consents: []Consent{sharing(doctor, ScopeGoalsShared, Scope(SectionGoals))}}, PurposeTreatment, BasisConsent, true},
		"office, team":              {Actor{Role: RoleCoordinator}, SectionCareTeam, Write, AccessFacts{}, PurposeOperations, BasisOperations, true},
		"office, goals":             {Actor{Role: RoleAdministrator}, SectionGoals, Read, AccessFacts{}, PurposeOperations, BasisNone, false},
		"glass, plan":               {doctor, SectionCrisisPlan, Read, AccessFacts{BreakGlass: []BreakGlass{breakGlass}}, PurposeTreatment, BasisBreakGlass, true},
		"glass, check-ins":          {doctor, SectionCheckIns, Read, AccessFacts{BreakGlass: []BreakGlass{breakGlass}}, PurposeTreatment, BasisNone, false},
		"glass, write":              {doctor, SectionCrisisPlan, Write, AccessFacts{BreakGlass: []BreakGlass{breakGlass}}, PurposeTreatment, BasisNone, false},
		"somebody else's glass":     {clinician, SectionCrisisPlan, Read, AccessFacts{BreakGlass: []BreakGlass{breakGlass}}, PurposeTreatment, BasisNone, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.facts.Restricted = NotRestricted
			d := Decide(AccessQuestion{c.actor, patientA, c.section, c.verb, c.purpose, accessNow}, c.facts)
			if d.Basis != c.basis || d.Whole != c.whole || d.Allowed != (c.basis != BasisNone) {
				t.Errorf("got %+v, want basis %q whole %v", d, c.basis, c.whole)
			}
			if !d.Allowed && d.Rule == "" {
				t.Error("a refusal must name its rule")
			}
		})
	}
}

func TestBreakGlassEndsAfterAnHour(t *testing.T) {
	g := BreakGlass{PatientID: patientA, AccountID: doctor.AccountID, At: accessNow, Until: accessNow.Add(BreakGlassMinutes * time.Minute)}
	q := AccessQuestion{doctor, patientA, SectionCrisisPlan, Read, PurposeEmergency, accessNow.Add(BreakGlassMinutes*time.Minute - time.Millisecond)}
	if !Decide(q, AccessFacts{BreakGlass: []BreakGlass{g}}).Allowed {
		t.Error("closed before its time")
	}
	q.At = accessNow.Add(BreakGlassMinutes * time.Minute)
	if Decide(q, AccessFacts{BreakGlass: []BreakGlass{g}}).Allowed {
		t.Error("open after its time")
	}
}

// TestNobodyGetsMoreThanAGround draws 100,000 viewers and histories of consent and
// checks, with the plainest reading of the rules, that nothing opens without a
// ground, and that no supporter ever sees a whole section or writes.
func TestNobodyGetsMoreThanAGround(t *testing.T) {
	const seed = 7
	r := rand.New(rand.NewPCG(seed, seed))
	for i := range 100_000 {
		q, f := randomAccess(r)
		d := Decide(q, f)
		if !d.Allowed {
			continue
		}
		if !grounded(q, f, d) {
			t.Fatalf("seed %d, case %d: opened without a ground: %+v\nquestion %+v\nfacts %+v", seed, i, d, q, f)
		}
		if q.Actor.Role.Staff() && (f.Restricted == "" || f.Restricted == RestrictedOut) && d.Basis != BasisBreakGlass {
			t.Fatalf("seed %d, case %d: a closed chart opened: %+v", seed, i, d)
		}
		if q.Actor.Role == RoleSupporter && (d.Whole || q.Verb == Write) {
			t.Fatalf("seed %d, case %d: a supporter got %+v", seed, i, d)
		}
	}
}

func randomAccess(r *rand.Rand) (AccessQuestion, AccessFacts) {
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	people, charts := []string{"a", "b"}, []string{"pa", "pb"}
	actor := Actor{AccountID: pick(people), Role: Roles[r.IntN(len(Roles))]}
	if actor.Role == RoleClinician {
		actor.Discipline = Disciplines[r.IntN(len(Disciplines))]
	}
	if actor.Role == RolePatient {
		actor.PatientID = pick(charts)
	}
	at := func() time.Time { return accessNow.Add(time.Duration(r.IntN(200)-100) * time.Minute) }
	q := AccessQuestion{actor, pick(charts), Sections[r.IntN(len(Sections))], []Verb{Read, Write}[r.IntN(2)],
		[]Purpose{PurposeSelf, PurposeTreatment, PurposeFamily, PurposeOperations, PurposeEmergency}[r.IntN(5)], accessNow}
	f := AccessFacts{Restricted: []Restricted{"", NotRestricted, NotRestricted, RestrictedNamed, RestrictedOut}[r.IntN(5)]}
	if r.IntN(2) == 0 {
		until := at()
		f.Membership = &Membership{PatientID: pick(charts), AccountID: pick(people), Since: at(), Until: &until}
	}
	scopes := append(append([]Scope{}, ShareableScopes...), SupporterScopes...)
	if actor.Role == RoleSupporter { // CheckConsent lets supporters have no other
		scopes = SupporterScopes
	}
	for range r.IntN(4) {
		end, back := at(), at()
		c := Consent{ID: "k", PatientID: pick(charts), ConsentTerms: ConsentTerms{
			Kind:      []ConsentKind{ConsentSharing, ConsentTreatment, ConsentLegal}[r.IntN(3)],
			Provision: []Provision{Permit, Deny}[r.IntN(2)], Recipient: pick(people),
			Scopes: []Scope{scopes[r.IntN(len(scopes))]}, Purposes: []Purpose{q.Purpose}, Expiry: Expiry{At: &end}}}
		if r.IntN(2) == 0 {
			c.RevokedAt = &back
		}
		f.Consents = append(f.Consents, c)
	}
	if r.IntN(3) == 0 {
		from := at()
		f.BreakGlass = []BreakGlass{{PatientID: pick(charts), AccountID: pick(people), At: from, Until: from.Add(time.Hour)}}
	}
	return q, f
}

// grounded reads the rules again, one by one.
func grounded(q AccessQuestion, f AccessFacts, d Decision) bool {
	switch d.Basis {
	case BasisSelf:
		return q.Actor.Role == RolePatient && q.Actor.PatientID == q.PatientID
	case BasisTeam:
		m := f.Membership
		return m != nil && m.PatientID == q.PatientID && m.AccountID == q.Actor.AccountID &&
			!m.Since.After(q.At) && m.Until.After(q.At) && !saidNo(q, f)
	case BasisConsent:
		for _, c := range f.Consents {
			if c.Kind == ConsentSharing && c.Provision == Permit && c.PatientID == q.PatientID && c.Recipient == q.Actor.AccountID &&
				c.Expiry.At.After(q.At) && (c.RevokedAt == nil || c.RevokedAt.After(q.At)) && q.Verb == Read {
				return !saidNo(q, f)
			}
		}
	case BasisOperations:
		return (q.Actor.Role == RoleAdministrator || q.Actor.Role == RoleCoordinator) &&
			(q.Section == SectionCareTeam || q.Section == SectionProfile) && !saidNo(q, f)
	case BasisBreakGlass:
		g := f.BreakGlass
		return len(g) == 1 && g[0].PatientID == q.PatientID && g[0].AccountID == q.Actor.AccountID &&
			!g[0].At.After(q.At) && g[0].Until.After(q.At) && q.Verb == Read
	}
	return false
}

func saidNo(q AccessQuestion, f AccessFacts) bool {
	for _, c := range f.Consents {
		covered, _ := c.Scopes[0].Covers(q.Section)
		if c.Provision == Deny && c.PatientID == q.PatientID && c.Recipient == q.Actor.AccountID && covered &&
			c.Expiry.At.After(q.At) && (c.RevokedAt == nil || c.RevokedAt.After(q.At)) {
			return true
		}
	}
	return false
}
