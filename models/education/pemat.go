package education

import (
	"strings"

	"handrail/models"
)

// Rating is what one person scored one text with PEMAT-P of the AHRQ: the share of the
// items that are met, in percent.
type Rating struct {
	Rater      string `json:"rater"`      // who, as two people are told apart: "nurse, ward 2"
	Understand int    `json:"understand"` // understandability, 0 to 100
	Act        int    `json:"act"`        // actionability, 0 to 100
	On         string `json:"on"`         // YYYY-MM-DD
	Of         string `json:"of"`         // Module.Fingerprint of the words that were rated
}

const maxRatings = 2

func checkRatings(c *models.Checks, all []Rating) {
	c.Require(len(all) <= maxRatings, "pemat", "too-many", "Give the scores of two people.")
	for i, r := range all {
		at := models.Indexed("pemat", i)
		checkLine(c, at+".rater", r.Rater, 1, maxRole)
		c.Require(r.Understand >= 0 && r.Understand <= 100, at+".understand", "not-allowed", "Give 0 to 100.")
		c.Require(r.Act >= 0 && r.Act <= 100, at+".act", "not-allowed", "Give 0 to 100.")
		c.Require(r.On != "", at+".on", "required", "Give the day.")
		c.Date(at+".on", r.On)
		c.Require(fingerprintForm.MatchString(r.Of), at+".of", "not-a-fingerprint", "Give the fingerprint of the words that were rated.")
	}
	c.Require(len(all) < 2 || !strings.EqualFold(all[0].Rater, all[1].Rater), "pemat", "one-rater", "Two people rate a text, not one person twice.")
}

// Rated are the scores of the words as they are now: of two people, or none.
func (m Module) Rated() []Rating {
	out := []Rating{}
	for _, r := range m.Ratings {
		if r.Of == m.Fingerprint() {
			out = append(out, r)
		}
	}
	if len(out) < maxRatings {
		return []Rating{}
	}
	return out
}
