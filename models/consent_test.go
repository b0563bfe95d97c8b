package models

import (
	"errors"
	"testing"
	"time"
)

func fullTerms() ConsentTerms {
	end := accessNow.AddDate(0, 6, 0)
	return ConsentTerms{Kind: ConsentSharing, Provision: Permit, Recipient: "s1", Scopes: []Scope{ScopeGoalsShared},
		Purposes: []Purpose{PurposeFamily}, Expiry: Expiry{At: &end}, Statements: []Statement{StatementRevocation},
		Signature: Signature{Name: "Sam", Method: "typed"}}
}

// TestAConsentThatMissesAnElementIsNotSigned has one case for each element that
// 42 CFR 2.31(a) asks for [P-01].
func TestAConsentThatMissesAnElementIsNotSigned(t *testing.T) {
	if err := CheckConsent(fullTerms(), RoleSupporter, accessNow); err != nil {
		t.Fatalf("complete terms were refused: %v", err)
	}
	past := accessNow.Add(-time.Second)
	for name, c := range map[string]struct {
		spoil func(*ConsentTerms)
		role  Role
		field string
	}{
		"recipient":                  {func(t *ConsentTerms) { t.Recipient = "" }, RoleSupporter, "recipient"},
		"what":                       {func(t *ConsentTerms) { t.Scopes = nil }, RoleSupporter, "scopes"},
		"purpose":                    {func(t *ConsentTerms) { t.Purposes = nil }, RoleSupporter, "purposes"},
		"revocation statement":       {func(t *ConsentTerms) { t.Statements = nil }, RoleSupporter, "statements"},
		"expiry":                     {func(t *ConsentTerms) { t.Expiry = Expiry{} }, RoleSupporter, "expiry"},
		"two expiries":               {func(t *ConsentTerms) { t.Expiry.None = true }, RoleSupporter, "expiry"},
		"expiry in the past":         {func(t *ConsentTerms) { t.Expiry.At = &past }, RoleSupporter, "expiry.at"},
		"sharing without end":        {func(t *ConsentTerms) { t.Expiry = Expiry{None: true} }, RoleSupporter, "expiry.none"},
		"signature":                  {func(t *ConsentTerms) { t.Signature.Name = " " }, RoleSupporter, "signature.name"},
		"kind":                       {func(t *ConsentTerms) { t.Kind = "all" }, RoleSupporter, "kind"},
		"provision":                  {func(t *ConsentTerms) { t.Provision = "" }, RoleSupporter, "provision"},
		"supporter, whole section":   {func(t *ConsentTerms) { t.Scopes = []Scope{Scope(SectionCheckIns)} }, RoleSupporter, "scopes"},
		"clinician, supporter scope": {func(t *ConsentTerms) {}, RoleClinician, "scopes"},
		"notes in a sharing consent": {func(t *ConsentTerms) { t.Scopes = []Scope{Scope(SectionCounsellingNotes)} }, RoleClinician, "scopes"},
		"notes with something else": {func(t *ConsentTerms) {
			t.Kind, t.Scopes = ConsentCounsellingNotes, []Scope{Scope(SectionCounsellingNotes), Scope(SectionGoals)}
		}, RoleClinician, "scopes"},
		"tpo without refusal statement": {func(t *ConsentTerms) {
			t.Kind, t.Scopes = ConsentTreatment, []Scope{Scope(SectionGoals)}
			t.Statements = []Statement{StatementRevocation, StatementRedisclosure}
		}, "", "statements"},
	} {
		t.Run(name, func(t *testing.T) {
			terms := fullTerms()
			c.spoil(&terms)
			err := CheckConsent(terms, c.role, accessNow)
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Kind != KindInvalid {
				t.Fatalf("got %v, want a refusal", err)
			}
			for _, f := range e.Fields {
				if f.Field == c.field {
					return
				}
			}
			t.Errorf("refused %v, but not for %s", e.Fields, c.field)
		})
	}
}

func TestConsentStatusOverTime(t *testing.T) {
	c := Consent{ConsentTerms: fullTerms()}
	end := *c.Expiry.At
	if got := c.Status(end.Add(-time.Millisecond)); got != "active" {
		t.Errorf("before its end: %s", got)
	}
	if got := c.Status(end); got != "expired" {
		t.Errorf("at its end: %s", got)
	}
	c.RevokedAt = &accessNow
	if c.Active(accessNow) || c.Status(accessNow) != "revoked" {
		t.Error("a revocation holds from its own instant")
	}
}

// TestCounsellingNotesNeedTheirOwnConsent [P-05].
func TestCounsellingNotesNeedTheirOwnConsent(t *testing.T) {
	for _, k := range []ConsentKind{ConsentSharing, ConsentTreatment, ConsentLegal, ConsentCounsellingNotes} {
		c := sharing(doctor, Scope(SectionCounsellingNotes))
		c.Kind = k
		d := Decide(AccessQuestion{doctor, patientA, SectionCounsellingNotes, Read, PurposeTreatment, accessNow},
			AccessFacts{Membership: member(doctor), Consents: []Consent{c}, Restricted: NotRestricted})
		terms := c.ConsentTerms
		terms.Statements, terms.Signature = []Statement{StatementRevocation, StatementRedisclosure, StatementRefusal}, Signature{"S", "typed"}
		signable := CheckConsent(terms, RoleClinician, accessNow) == nil
		if k == ConsentCounsellingNotes != (d.Allowed && signable) {
			t.Errorf("kind %s: signable %v, opens %v", k, signable, d.Allowed)
		}
	}
}
