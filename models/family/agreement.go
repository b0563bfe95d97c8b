package family

import (
	"slices"
	"time"

	"handrail/models"
)

// AgreementOf begins with the words of an invitation, to which both have said yes.
func AgreementOf(words []string, patientAt, supporterAt time.Time) *models.Agreement {
	return &models.Agreement{Words: words, Number: 1, PatientAt: &patientAt, SupporterAt: &supporterAt}
}

// Propose puts other words in the place of those that stand. They hold when the other
// side has said yes to them; until then both read that one of them has not. The same
// words again change nothing but who said yes.
func Propose(a *models.Agreement, words []string, byPatient bool, now time.Time) (*models.Agreement, error) {
	var c models.Checks
	checkWords(&c, "words", words)
	if err := c.Err(); err != nil {
		return nil, err
	}
	now = now.UTC().Truncate(time.Millisecond)
	next := models.Agreement{Number: 1}
	if a != nil {
		next = *a
		if !slices.Equal(words, a.Words) {
			next = models.Agreement{Number: a.Number + 1}
		}
	}
	next.Words = words
	yes := &next.SupporterAt
	if byPatient {
		yes = &next.PatientAt
	}
	if *yes == nil {
		*yes = &now
	}
	return &next, nil
}

// Agree says yes to the words with this number: who had other words before them has
// agreed to nothing. Errors: KindConflict, KindNotFound.
func Agree(a *models.Agreement, number int, byPatient bool, now time.Time) (*models.Agreement, error) {
	if a == nil {
		return nil, models.NotFound()
	}
	if a.Number != number {
		return nil, models.E(models.KindConflict, "words-changed", "These words were changed meanwhile. Please read them again.")
	}
	return Propose(a, a.Words, byPatient, now)
}

// Promise is a supporter's part of the plan for a bad day, in their own words: what
// they do and what they don't. It is theirs; the patient reads it.
type Promise struct {
	Do        []string  `json:"do"`
	Not       []string  `json:"dont"`
	ChangedAt time.Time `json:"changedAt"`
}

// Check holds a promise against its limits.
func (p Promise) Check() error {
	var c models.Checks
	checkWords(&c, "do", p.Do)
	checkWords(&c, "dont", p.Not)
	return c.Err()
}
