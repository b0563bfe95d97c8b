package models

import (
	"slices"
	"time"
)

// ConsentKind keeps apart what the law keeps apart (42 CFR 2.31): consents of
// different kinds are never bundled in one form.
type ConsentKind string

// The kinds of consent.
const (
	ConsentSharing          ConsentKind = "sharing"           // named recipient, named sections
	ConsentTreatment        ConsentKind = "tpo"               // one consent for treatment, payment, operations
	ConsentCounsellingNotes ConsentKind = "counselling-notes" // never together with anything else
	ConsentLegal            ConsentKind = "legal-proceedings" // opens nothing in this program; kept as proof
)

// Provision says whether the consent permits or forbids, as FHIR's
// Consent.provision.type. A deny wins over membership of the care team.
type Provision string

// The provisions.
const (
	Permit Provision = "permit"
	Deny   Provision = "deny"
)

// Statement names a statement that the patient must have been shown and accepted.
type Statement string

// The statements of 42 CFR 2.31(a).
const (
	StatementRevocation   Statement = "revocation"   // you can take this back, and how
	StatementRedisclosure Statement = "redisclosure" // what the other may do with it
	StatementRefusal      Statement = "refusal"      // what happens if you say no
)

// Expiry of a consent: exactly one of its fields is set.
type Expiry struct {
	At    *time.Time `json:"at,omitempty"`
	Event string     `json:"event,omitempty"`
	None  bool       `json:"none,omitempty"`
}

// EndOfTreatment is the one event at which a consent can end.
const EndOfTreatment = "end-of-treatment"

// SignatureTyped is the one way to sign in this program.
const SignatureTyped = "typed"

// Signature is the patient's name, typed or on paper (SignaturePaper).
type Signature struct {
	Name   string `json:"name"`
	Method string `json:"method"`
}

// ReadWords name the words of the app that somebody read before they signed: those of one
// language, by their fingerprint (education.Words).
type ReadWords struct {
	Language    string `json:"language"`
	Fingerprint string `json:"fingerprint"`
}

// ConsentTerms is what the patient decides and signs.
type ConsentTerms struct {
	Kind       ConsentKind `json:"kind"`
	Provision  Provision   `json:"provision"`
	Recipient  string      `json:"recipient"` // account id; for kind tpo the class "treating-providers"
	Scopes     []Scope     `json:"scopes"`
	Purposes   []Purpose   `json:"purposes"`
	Expiry     Expiry      `json:"expiry"`
	Statements []Statement `json:"statements"`
	Signature  Signature   `json:"signature"`

	CallForHelp       *CallForHelp       `json:"callForHelp,omitempty"`
	MedicineReminders *MedicineReminders `json:"medicineReminders,omitempty"`

	Words *ReadWords `json:"words,omitempty"` // what it was signed on; none: before words were signed, or in a demo
}

// Consent is a signed decision of a patient. Revoked ones are kept as proof.
type Consent struct {
	ID         string     `json:"id"`
	PatientID  string     `json:"patientId"`
	Discloser  string     `json:"discloser"` // the site that may disclose
	SignedAt   time.Time  `json:"signedAt"`
	RevokedAt  *time.Time `json:"revokedAt,omitempty"`
	RevokedBy  string     `json:"revokedBy,omitempty"`
	NoticeText string     `json:"noticeVersion"`      // which notice text travels with what is disclosed
	SignedBy   string     `json:"signedBy,omitempty"` // account of a guardian; empty: the patient
	Withdrawn  []Scope    `json:"withdrawn,omitempty"`
	Paper      *Paper     `json:"paper,omitempty"` // signed on paper, and recorded by the clinic
	// Day on which a clinician of the site signed the words, YYYY-MM-DD; "": a demo, or no words.
	WordsReviewedOn string `json:"wordsReviewedOn,omitempty"`
	ConsentTerms
}

// TreatingProviders is the recipient class of a tpo consent.
const TreatingProviders = "treating-providers"

// SupporterConsentDays is how long a supporter's consent lasts when the patient
// names no end [P-15].
const SupporterConsentDays = 180

// CheckConsent holds terms against the elements that 42 CFR 2.31(a) asks for.
// recipientRole is "" for a recipient who is not an account. Errors: KindInvalid
// with a field for each missing element.
func CheckConsent(t ConsentTerms, recipientRole Role, now time.Time) error {
	var c Checks
	kinds := []ConsentKind{ConsentSharing, ConsentTreatment, ConsentCounsellingNotes, ConsentLegal}
	c.Require(slices.Contains(kinds, t.Kind), "kind", "unknown-kind", "Choose what kind of consent this is.")
	c.Require(t.Provision == Permit || t.Provision == Deny, "provision", "unknown-provision", "Say permit or deny.")
	c.Text("recipient", t.Recipient, 1, 128)
	checkScopes(&c, t, recipientRole)
	checkPurposes(&c, t)
	checkExpiry(&c, t, now)
	checkPromises(&c, t)
	c.Text("signature.name", t.Signature.Name, 1, 200)
	c.Require(t.Signature.Method == SignatureTyped, "signature.method", "unknown-method", "Sign by typing your name.")
	for _, s := range requiredStatements(t) {
		c.Require(slices.Contains(t.Statements, s), "statements", "missing-"+string(s), "Please read and accept each statement.")
	}
	return c.Err()
}

func checkScopes(c *Checks, t ConsentTerms, role Role) {
	allowed := ShareableScopes
	switch {
	case t.Kind == ConsentCounsellingNotes:
		allowed = []Scope{Scope(SectionCounsellingNotes)}
	case t.Kind == ConsentLegal:
		allowed = append(slices.Clone(ShareableScopes), Scope(SectionCounsellingNotes))
	case role == RolePartner:
		allowed = []Scope{ScopeReferral}
	case role == RoleSupporter:
		allowed = slices.Concat(SupporterScopes, SupporterPromises)
	}
	c.Require(len(t.Scopes) > 0, "scopes", "required", "Choose what may be seen.")
	c.Require(len(t.Scopes) <= 20, "scopes", "too-many", "That is too many entries.")
	for _, s := range t.Scopes {
		if !slices.Contains(allowed, s) {
			c.Fail("scopes", "scope-not-allowed", "One of these can't be shared in this way.")
			return
		}
	}
}

func checkPurposes(c *Checks, t ConsentTerms) {
	c.Require(len(t.Purposes) > 0 && len(t.Purposes) <= 5, "purposes", "required", "Say what it is for.")
	known := []Purpose{PurposeTreatment, PurposeFamily, PurposeOperations, PurposeSelf, PurposeReferral}
	for _, p := range t.Purposes {
		if !slices.Contains(known, p) {
			c.Fail("purposes", "unknown-purpose", "One of these purposes is not known.")
			return
		}
	}
}

func checkExpiry(c *Checks, t ConsentTerms, now time.Time) {
	set := 0
	for _, is := range []bool{t.Expiry.At != nil, t.Expiry.Event != "", t.Expiry.None} {
		if is {
			set++
		}
	}
	c.Require(set == 1, "expiry", "required", "Say until when, in exactly one way.")
	if t.Expiry.At != nil {
		c.Require(t.Expiry.At.After(now), "expiry.at", "in-the-past", "Choose a time that is still to come.")
	}
	if t.Expiry.Event != "" {
		c.Require(t.Expiry.Event == EndOfTreatment, "expiry.event", "unknown-event", "This event is not known.")
	}
	if t.Expiry.None {
		c.Require(t.Kind == ConsentTreatment || t.Provision == Deny, "expiry.none", "end-needed", "This kind of consent needs an end.")
	}
}

// requiredStatements tells which statements the form must have carried. Saying no
// to somebody needs none.
func requiredStatements(t ConsentTerms) []Statement {
	switch {
	case t.Provision == Deny:
		return nil
	case t.Kind == ConsentTreatment:
		return []Statement{StatementRevocation, StatementRedisclosure, StatementRefusal}
	}
	return []Statement{StatementRevocation}
}

// Active tells whether the consent holds at the given moment.
func (c Consent) Active(at time.Time) bool {
	if c.RevokedAt != nil && !at.Before(*c.RevokedAt) {
		return false
	}
	return c.Expiry.At == nil || at.Before(*c.Expiry.At)
}

// Status is what the patient reads: active, expired or revoked.
func (c Consent) Status(at time.Time) string {
	switch {
	case c.RevokedAt != nil:
		return "revoked"
	case !c.Active(at):
		return "expired"
	}
	return "active"
}
