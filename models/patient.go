package models

import "time"

// Patient is who a chart belongs to.
type Patient struct {
	ID            string    `json:"id"`
	AccountID     string    `json:"accountId"`
	Name          string    `json:"name"`
	PreferredName string    `json:"preferredName,omitempty"`
	BirthDate     string    `json:"birthDate,omitempty"`    // YYYY-MM-DD
	Phone         string    `json:"phone,omitempty"`        // E.164
	RecordNumber  string    `json:"recordNumber,omitempty"` // of the clinic's older records (FHIR identifier, type MR)
	Zone          string    `json:"zone"`                   // IANA name
	Language      string    `json:"language"`               // BCP 47
	Country       string    `json:"country"`                // ISO 3166-1 alpha-2
	CreatedAt     time.Time `json:"createdAt"`
}
