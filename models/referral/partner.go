package referral

import (
	"slices"
	"time"

	"handrail/models"
)

// PartnerTerms is what the office says of an organisation outside that helps with needs.
type PartnerTerms struct {
	Name      string   `json:"name"`
	Needs     []string `json:"needs"`
	Capacity  int      `json:"capacity"` // how many referrals it holds at once; 0: it takes nobody now
	ReplyDays int      `json:"replyDays"`
	About     string   `json:"about,omitempty"`
	Phone     string   `json:"phone,omitempty"`
}

// Partner is an organisation (FHIR Organization). One that ended sees nothing any more.
type Partner struct {
	ID      string     `json:"id"`
	Since   time.Time  `json:"since"`
	EndedAt *time.Time `json:"endedAt,omitempty"`
	PartnerTerms
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (t PartnerTerms) Check() error {
	var c models.Checks
	c.Text("name", t.Name, 1, MaxName)
	c.Text("about", t.About, 0, MaxWords)
	c.Phone("phone", t.Phone, false)
	c.Require(len(t.Needs) > 0 && len(t.Needs) <= len(Needs), "needs", "required", "Choose what it helps with.")
	for n, need := range t.Needs {
		c.Require(slices.Contains(Needs, need), models.Indexed("needs", n), "not-a-choice", "Choose one of those that are offered.")
	}
	c.Require(t.Capacity >= 0 && t.Capacity <= MaxCapacity, "capacity", "out-of-range", "Give a number from 0 to 10,000.")
	c.Require(t.ReplyDays >= 1 && t.ReplyDays <= MaxReplyDays, "replyDays", "out-of-range", "Give a number from 1 to 60.")
	return c.Err()
}

// Takes tells whether a partner with so many referrals takes one more about a need.
// Errors: KindConflict "partner-ended", "partner-full", "not-its-need".
func (p Partner) Takes(need string, taken int) error {
	switch {
	case p.EndedAt != nil:
		return models.E(models.KindConflict, "partner-ended", "This partner works with the clinic no more.")
	case !slices.Contains(p.Needs, need):
		return models.E(models.KindConflict, "not-its-need", "This partner does not help with that.")
	case taken >= p.Capacity:
		return models.E(models.KindConflict, "partner-full", "This partner has no free place now.")
	}
	return nil
}

// Asked is a person's answer about one need.
type Asked struct {
	Need  string `json:"need"`
	Wants string `json:"wants"` // help, fine, later
	Words string `json:"words,omitempty"`
	// CheckInID is the check-in in which it was said. "": it was not said in one.
	CheckInID string `json:"checkInId,omitempty"`
}

// Wants are the answers.
var Wants = []string{"help", "fine", "later"}

// SocialNeeds is what a person needs beside care, as they said it last.
type SocialNeeds struct {
	Needs []Asked   `json:"needs"`
	At    time.Time `json:"at,omitzero"`
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (n SocialNeeds) Check() error {
	var c models.Checks
	c.Require(len(n.Needs) <= len(Needs), "needs", "too-many", "Answer each need once.")
	seen := map[string]bool{}
	for i, a := range n.Needs {
		at := models.Indexed("needs", i)
		c.Require(slices.Contains(Needs, a.Need), at+".need", "not-a-choice", "Choose one of those that are offered.")
		c.Require(!seen[a.Need], at+".need", "twice", "Answer each need once.")
		c.Require(slices.Contains(Wants, a.Wants), at+".wants", "not-a-choice", "Choose one of those that are offered.")
		c.Text(at+".words", a.Words, 0, MaxWords)
		seen[a.Need] = true
	}
	return c.Err()
}

// News tells whether help is wanted with something for which it was not before.
func (n SocialNeeds) News(before SocialNeeds) bool {
	return slices.ContainsFunc(n.Needs, func(a Asked) bool {
		return a.Wants == "help" && !slices.ContainsFunc(before.Needs, func(b Asked) bool { return b.Need == a.Need && b.Wants == "help" })
	})
}
