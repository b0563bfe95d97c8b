package models

import (
	"testing"
	"time"
)

// TestTheLastWordAboutWhatLeaves: in whatever order the consents are read.
func TestTheLastWordAboutWhatLeaves(t *testing.T) {
	at := func(hour int) *time.Time { v := accessNow.Add(time.Duration(hour) * time.Hour); return &v }
	tpo := func(p Provision, signed int, ends, revoked *time.Time, scopes ...Scope) Consent {
		c := Consent{ID: "c", SignedAt: *at(signed), RevokedAt: revoked}
		c.Kind, c.Provision, c.Scopes, c.Expiry = ConsentTreatment, p, scopes, Expiry{At: ends, None: ends == nil}
		return c
	}
	visits, goals := Scope(SectionAppointments), Scope(SectionGoals)
	other := tpo(Permit, -9, nil, at(-1), visits)
	other.Kind = ConsentSharing
	for name, c := range map[string]struct {
		all    []Consent
		leaves bool
	}{
		"nothing was said":                      {[]Consent{other}, true},
		"signed":                                {[]Consent{tpo(Permit, -9, nil, nil, visits)}, true},
		"signed for something else":             {[]Consent{tpo(Permit, -9, nil, nil, goals)}, false},
		"taken back":                            {[]Consent{tpo(Permit, -9, nil, at(-1), visits)}, false},
		"run out":                               {[]Consent{tpo(Permit, -9, at(-1), nil, visits)}, false},
		"runs out now":                          {[]Consent{tpo(Permit, -9, at(0), nil, visits)}, false},
		"taken back and signed again":           {[]Consent{tpo(Permit, -9, nil, at(-5), visits), tpo(Permit, -4, nil, nil, visits)}, true},
		"an older one is not meant to go on":    {[]Consent{tpo(Permit, -9, nil, nil, visits), tpo(Permit, -5, nil, at(-2), visits)}, false},
		"an older one was taken back later too": {[]Consent{tpo(Permit, -9, nil, at(-1), visits), tpo(Permit, -5, nil, nil, visits)}, false},
		"a no":                                  {[]Consent{tpo(Deny, -9, nil, nil, visits), tpo(Permit, -1, nil, nil, visits)}, false},
		"a no that was taken back":              {[]Consent{tpo(Deny, -9, nil, at(-2), visits)}, true},
	} {
		for range 2 {
			if got := !OutsideWordOf(c.all, accessNow).Refuses(SectionAppointments); got != c.leaves {
				t.Errorf("%s: leaves %v", name, got)
			}
			for i, j := 0, len(c.all)-1; i < j; i, j = i+1, j-1 {
				c.all[i], c.all[j] = c.all[j], c.all[i]
			}
		}
	}
}

// TestWhatMustNotLeaveIsClosedToStaffOnly: not to the patient's own app nor to family,
// and not to the team inside of the programme; an emergency is not stopped.
func TestWhatMustNotLeaveIsClosedToStaffOnly(t *testing.T) {
	no := OutsideWord{Said: true}
	ask := func(a Actor, p Purpose, f AccessFacts) bool {
		f.Outside, f.Restricted = no, NotRestricted
		a.Outside = true
		return Decide(AccessQuestion{a, patientA, SectionGoals, Read, p, accessNow}, f).Allowed
	}
	if ask(doctor, PurposeTreatment, AccessFacts{Membership: member(doctor)}) ||
		ask(doctor, PurposeTreatment, AccessFacts{Consents: []Consent{sharing(doctor, Scope(SectionGoals))}}) {
		t.Error("it leaves with somebody who works here")
	}
	if !Decide(AccessQuestion{doctor, patientA, SectionGoals, Read, PurposeTreatment, accessNow},
		AccessFacts{Membership: member(doctor), Outside: no, Restricted: NotRestricted}).Allowed {
		t.Error("the team can't work inside")
	}
	if !ask(Actor{AccountID: "p", Role: RolePatient, PatientID: patientA}, PurposeSelf, AccessFacts{}) {
		t.Error("the patient's own app is shut")
	}
}
