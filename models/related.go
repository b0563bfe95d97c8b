package models

import "time"

// RelatedPerson says that an account of family or a friend belongs to a patient's
// circle (FHIR RelatedPerson). It opens nothing: it only lets the patient choose
// them when they share.
type RelatedPerson struct {
	PatientID    string    `json:"patientId"`
	AccountID    string    `json:"accountId"`
	Name         string    `json:"name"`
	Relationship string    `json:"relationship"` // one of Relationships
	Since        time.Time `json:"since"`

	// Since invitations of the patient's own came:
	From      string     `json:"from,omitempty"`      // the name that they know the patient by; "" of those whom the office added
	Agreement *Agreement `json:"agreement,omitempty"` // what both have agreed to; nil: nothing was written

	RehearsedOn string `json:"rehearsedOn,omitempty"` // when the two last practised the crisis plan together, YYYY-MM-DD

	Pages []PageFor `json:"pages,omitempty"` // that the patient gave them to read, the newest first
}

// PageFor is a page of education that a patient gives somebody of their circle to read.
// What that person reads, and whether, is theirs: nothing says it back.
type PageFor struct {
	ID     string    `json:"id"`
	Module string    `json:"module"`
	Why    string    `json:"why,omitempty"` // in the patient's words
	At     time.Time `json:"at"`
}

// Limits of the pages for one person.
const (
	MaxPagesFor   = 20
	MaxPageForWhy = 300 // runes
)

// Agreement is what a patient and a supporter have agreed to, in words that both read.
// It holds when both have said yes to the same words.
type Agreement struct {
	Words       []string   `json:"words"`
	Number      int        `json:"number"` // +1 whenever the words change
	PatientAt   *time.Time `json:"patientAt,omitempty"`
	SupporterAt *time.Time `json:"supporterAt,omitempty"`
}

// Holds tells whether both have said yes.
func (a Agreement) Holds() bool { return a.PatientAt != nil && a.SupporterAt != nil }

// Relationships are the codes for how somebody belongs to a patient.
var Relationships = []string{"parent", "partner", "child", "sibling", "other-family", "friend", "sponsor", "other"}
