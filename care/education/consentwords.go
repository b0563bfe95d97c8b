package education

import (
	"context"
	"slices"

	"handrail/models"
)

// ofConsent is the id of the words of the app that are read before a consent.
const ofConsent = "consent"

// ConsentWords holds what somebody read before they signed a consent against the words of
// this program, and answers the day on which a clinician of the site signed those. Where
// the program has none, or is a demo and an app names none, nothing is asked for.
//
// Errors: conflict consent-words-changed (not named, or not those of this program: an older
// app), consent-words-unsigned (nobody has signed them in this language).
func (c *Service) ConsentWords(ctx context.Context, read *models.ReadWords) (string, error) {
	if !slices.ContainsFunc(c.words(), func(w signable) bool { return w.ID == ofConsent }) || c.unsigned && read == nil {
		return "", nil
	}
	changed := models.E(models.KindConflict, "consent-words-changed", "These words are not those of the clinic any more. Load the app again, read them and sign once more.")
	if read == nil {
		return "", changed
	}
	at := slices.IndexFunc(c.words(), func(w signable) bool {
		return w.ID == ofConsent && w.Language == read.Language && w.fingerprint == read.Fingerprint
	})
	if at < 0 {
		return "", changed
	}
	l, err := c.library(ctx)
	if err != nil {
		return "", err
	}
	s := c.wordsState(l, c.words()[at])
	if !s.Shown {
		return "", models.E(models.KindConflict, "consent-words-unsigned", "A clinician of this clinic has not signed these words yet. Nothing was shared.")
	}
	if !s.Review.Reviewed {
		return "", nil
	}
	return s.Review.On, nil
}
