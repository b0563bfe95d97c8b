package imports

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
)

var consentColumns = []string{"patient", "birthdate", "recordnumber", "recipient", "relationship", "kind", "scopes", "purposes", "discloser", "signed", "until", "statements", "signature", "seenby"}

// PaperConsent is what a line says of a paper, its people still names.
type PaperConsent struct {
	Patient, BirthDate, RecordNumber string // whose it is: a name with a birth date, or a record number
	Recipient                        string // a name, or the id of an account
	Relationship                     string // puts a supporter into the patient's circle; "": they are in it
	Discloser, SeenBy                string
	SignedOn                         string
	Terms                            models.ConsentTerms // without Recipient and Expiry
	until                            string
}

// PaperConsentOf reads a line. Every element of 42 CFR 2.31(a) must stand in it: nothing is
// filled in but the end of what family may see, which is the usual one. today is a local
// date. Errors: KindInvalid with columns as fields.
func PaperConsentOf(row Row, today string) (PaperConsent, error) {
	cell := row.Cells
	p := PaperConsent{Patient: cell["patient"], BirthDate: cell["birthdate"], RecordNumber: cell["recordnumber"], Recipient: cell["recipient"],
		Relationship: cell["relationship"], Discloser: cell["discloser"], SeenBy: cell["seenby"], SignedOn: cell["signed"], until: cell["until"]}
	p.Terms = models.ConsentTerms{Kind: models.ConsentKind(cell["kind"]), Provision: models.Permit, Scopes: words[models.Scope](cell["scopes"]),
		Purposes: words[models.Purpose](cell["purposes"]), Statements: words[models.Statement](cell["statements"]),
		Signature: models.Signature{Name: cell["signature"], Method: models.SignaturePaper}}
	var c models.Checks
	c.Require(p.RecordNumber != "" || p.Patient != "" && p.BirthDate != "", "patient", "who-is-it", "Give a record number, or a name and a birth date.")
	c.Date("birthdate", p.BirthDate)
	c.Text("recipient", p.Recipient, 1, 200)
	c.Text("discloser", p.Discloser, 1, 200)
	c.Text("seenby", p.SeenBy, 1, 200)
	c.Text("signature", p.Terms.Signature.Name, 1, 200)
	c.Require(p.Relationship == "" || slices.Contains(models.Relationships, p.Relationship), "relationship", "unknown-relationship", "Choose how this person belongs to the patient.")
	c.Text("signed", p.SignedOn, 1, len(time.DateOnly))
	c.Date("signed", p.SignedOn)
	c.Require(p.SignedOn <= today, "signed", "in-the-future", "This day is still to come.")
	if p.until != models.EndOfTreatment && p.until != untilNone {
		c.Date("until", p.until)
	}
	return p, c.Err()
}

// untilNone is the end of a consent that has none.
const untilNone = "none"

// Expiry is until when it holds: to the end of that day in the zone, for family the usual
// time from the signature when the paper names none. signedAt is when the day of the
// signature began.
func (p PaperConsent) Expiry(role models.Role, signedAt time.Time, zone *time.Location) models.Expiry {
	switch p.until {
	case models.EndOfTreatment:
		return models.Expiry{Event: p.until}
	case untilNone:
		return models.Expiry{None: true}
	case "":
		if role != models.RoleSupporter {
			return models.Expiry{}
		}
		end := signedAt.AddDate(0, 0, models.SupporterConsentDays)
		return models.Expiry{At: &end}
	}
	day, _ := time.ParseInLocation(time.DateOnly, p.until, zone)
	end := day.AddDate(0, 0, 1).UTC()
	return models.Expiry{At: &end}
}

// Column is the column of a field of a consent.
func Column(field string) string {
	switch name, _, _ := strings.Cut(field, "."); name {
	case "expiry":
		return "until"
	case "callForHelp", "medicineReminders":
		return "scopes"
	default:
		return name
	}
}

// words are the words of a cell, each once.
func words[T ~string](cell string) []T {
	var out []T
	for _, w := range strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == '|' || r == ';' || r == ',' || r == '\n' }) {
		if !slices.Contains(out, T(w)) {
			out = append(out, T(w))
		}
	}
	return out
}
