package models

import (
	"slices"
	"time"
)

// GuardianBasis is the ground on which somebody may act for an adult patient
// (42 CFR 2.15; 45 CFR 164.502(g)).
type GuardianBasis string

// The grounds. That of a parent opens no more than the rule of the clinic's jurisdiction
// names (MinorRule), of a minor who does not consent alone; without a rule, nothing.
const (
	BasisCourtOrder      GuardianBasis = "court-order"       // a guardian or conservator whom a court named
	BasisPowerOfAttorney GuardianBasis = "power-of-attorney" // a power for health care that is in force
	BasisParent          GuardianBasis = "parent"            // a parent of a minor (42 CFR 2.14)
)

// GuardianBases lists every ground.
var GuardianBases = []GuardianBasis{BasisCourtOrder, BasisPowerOfAttorney, BasisParent}

// GuardianSections are what a document can open to a guardian. Counselling notes are not
// among them: they are apart (42 CFR 2.11).
var GuardianSections = []Section{SectionProfile, SectionCareTeam, SectionGoals, SectionCheckIns, SectionCrisisPlan,
	SectionAppointments, SectionConsents, SectionAccessLog, SectionEducation, SectionMedicines, SectionUseMedicines}

// GuardianMaxYears is how long one record of a guardian holds at most; then somebody
// looks at the document again.
const GuardianMaxYears = 3

// AdultAge is the age, in years, below which no guardian's account opens anything but what
// the rule of a jurisdiction lets a parent see.
const AdultAge = 18

// Guardian is what lets an account act for a patient: what document says so, who of the
// clinic checked it, what it covers, and from when until when. It ends by itself.
type Guardian struct {
	PatientID     string        `json:"patientId"`
	AccountID     string        `json:"accountId"`
	Name          string        `json:"name"`
	Basis         GuardianBasis `json:"basis"`
	Document      string        `json:"document"` // what was looked at: court and number, or date and notary
	CheckedBy     string        `json:"checkedBy"`
	CheckedByName string        `json:"checkedByName"`
	CheckedAt     time.Time     `json:"checkedAt"`
	GuardianSpan
	Sections []Section  `json:"sections"` // to read; default none
	Signs    bool       `json:"signs"`    // may sign consents for the patient, and take them back
	EndedAt  *time.Time `json:"endedAt,omitempty"`
	EndedBy  string     `json:"endedBy,omitempty"`
}

// GuardianSpan is from when until when a document holds: half-open.
type GuardianSpan struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

// Active tells whether it holds at the given moment.
func (g Guardian) Active(at time.Time) bool {
	return g.EndedAt == nil && !at.Before(g.From) && at.Before(g.Until)
}

// CheckGuardian holds one against what it must say. Errors: KindInvalid with fields.
func CheckGuardian(g Guardian, now time.Time) error {
	var c Checks
	c.Require(slices.Contains(GuardianBases, g.Basis), "basis", "unknown-basis", "Choose what lets this person act for the patient.")
	c.Text("document", g.Document, 3, 300)
	c.Require(!g.From.IsZero(), "from", "required", "Say from when the document holds.")
	c.Require(g.Until.After(g.From) && g.Until.After(now), "until", "in-the-past", "Choose an end that is still to come, after the beginning.")
	c.Require(!g.Until.After(g.From.AddDate(GuardianMaxYears, 0, 0)), "until", "too-late", "Choose an end within three years of the beginning.")
	c.Require(len(g.Sections) > 0 || g.Signs, "sections", "required", "Choose what the document covers.")
	c.Require(len(g.Sections) <= len(GuardianSections), "sections", "too-many", "That is too many entries.")
	for _, s := range g.Sections {
		if !slices.Contains(GuardianSections, s) {
			c.Fail("sections", "section-not-allowed", "One of these can't be opened to a guardian.")
			break
		}
	}
	return c.Err()
}

// Minor tells whether somebody who was born on a day (YYYY-MM-DD) is below AdultAge. Of
// a day that is not known, or is none, the answer is no.
func Minor(birthDate string, at time.Time) bool {
	born, err := time.Parse(time.DateOnly, birthDate)
	return err == nil && at.UTC().Before(born.AddDate(AdultAge, 0, 0))
}

// GuardianMaySign tells whether somebody may sign such terms for a patient: what opens a
// part of the record to others for care or to family. Never to themselves, never what the law asks the
// patient for apart, and never a no in the patient's name.
func GuardianMaySign(t ConsentTerms, guardian string) bool {
	return t.Provision == Permit && t.Recipient != guardian && (t.Kind == ConsentSharing || t.Kind == ConsentTreatment)
}

// decideGuardian: what the document covers, while it holds, of an adult; of a minor, to a
// parent alone, what the rule of the jurisdiction names.
func decideGuardian(q AccessQuestion, f AccessFacts, d Decision) Decision {
	g := f.Guardian
	if g == nil || g.AccountID != q.Actor.AccountID || g.PatientID != q.PatientID || !g.Active(q.At) ||
		!slices.Contains(GuardianSections, q.Section) {
		return d
	}
	if f.Minor || g.Basis == BasisParent {
		if f.Minor && g.Basis == BasisParent && q.Verb == Read && slices.Contains(g.Sections, q.Section) && slices.Contains(f.ParentMay, q.Section) {
			d.Allowed, d.Whole, d.Basis, d.Rule = true, true, BasisGuardian, ""
		}
		return d
	}
	signs := g.Signs && q.Section == SectionConsents
	if signs || q.Verb == Read && slices.Contains(g.Sections, q.Section) {
		d.Allowed, d.Whole, d.Basis, d.Rule = true, true, BasisGuardian, ""
	}
	return d
}
