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
}

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
