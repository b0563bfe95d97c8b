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
}

// Relationships are the codes for how somebody belongs to a patient.
var Relationships = []string{"parent", "partner", "child", "sibling", "other-family", "friend", "sponsor", "other"}
