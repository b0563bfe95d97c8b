package family

import (
	"time"

	"handrail/models"
)

// Ending is the line by which a supporter's look into a record does not end without a
// word: it waits until Due.
type Ending struct {
	ConsentID string    `json:"consentId"`
	PatientID string    `json:"patientId"`
	SignedAt  time.Time `json:"signedAt"`
	EndsAt    time.Time `json:"endsAt"`
	Told      bool      `json:"told"` // the patient was told that it will end
}

// WordBefore is how long before the end the patient is told. [P]
const WordBefore = 14 * 24 * time.Hour

// EndingOf is the line of a consent to a supporter; not ok for what has no end to be
// told of: a no, and what was taken back or is over.
func EndingOf(c models.Consent, now time.Time) (Ending, bool) {
	if c.Provision != models.Permit || c.Expiry.At == nil || !c.Active(now) {
		return Ending{}, false
	}
	return Ending{ConsentID: c.ID, PatientID: c.PatientID, SignedAt: c.SignedAt, EndsAt: *c.Expiry.At}, true
}

// Due is when something is to be done about it: the word before, then the end. A look
// that is shorter than the time of the word is told of halfway through at the latest.
func (e Ending) Due() time.Time {
	if e.Told {
		return e.EndsAt
	}
	before := WordBefore
	if half := e.EndsAt.Sub(e.SignedAt) / 2; half < before {
		before = half
	}
	return e.EndsAt.Add(-before)
}
