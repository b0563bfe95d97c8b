// Package access knows what stands between a person and their care beside the illness:
// language, hearing, sight, the way there, and a phone that is theirs. It is pure.
package access

import (
	"slices"

	"golang.org/x/text/language"

	"handrail/models"
	"handrail/models/schedule"
)

// Needs are what whoever books a visit has to know. All of it is asked and nothing of it
// is inferred. The zero value: nobody has asked yet, or nothing is needed.
type Needs struct {
	Interpreter string              `json:"interpreter,omitempty"` // BCP 47: the language of the visit needs an interpreter; "": none
	Transport   string              `json:"transport,omitempty"`   // one of TransportWords; "": not asked
	Phone       string              `json:"phone,omitempty"`       // one of PhoneWords; "": not asked
	Help        []string            `json:"help,omitempty"`        // of HelpWords
	Note        string              `json:"note,omitempty"`
	Offers      []schedule.Modality `json:"offers,omitempty"` // by what the visit can come to them: follows from the rest
}

// The words of needs.
var (
	TransportWords = []string{"fine", "no-ride", "far", "cost", "unsafe", "body"}
	PhoneWords     = []string{"own", "shared", "no-data", "none"}
	HelpWords      = []string{"large-print", "captions", "sign-language", "step-free", "someone-with-me", "quiet-room"}
)

// How long a note and the tag of a language are at most, in characters.
const (
	MaxNote     = 500
	MaxLanguage = 35
)

// Check holds needs against their limits.
func (n Needs) Check() error {
	var c models.Checks
	c.Require(n.Interpreter == "" || len(n.Interpreter) <= MaxLanguage && isLanguage(n.Interpreter), "interpreter", "bad-language", "Choose a language of the list.")
	c.Require(n.Transport == "" || slices.Contains(TransportWords, n.Transport), "transport", "not-a-choice", "Choose one of those that are offered.")
	c.Require(n.Phone == "" || slices.Contains(PhoneWords, n.Phone), "phone", "not-a-choice", "Choose one of those that are offered.")
	for i, w := range n.Help {
		c.Require(slices.Contains(HelpWords, w) && slices.Index(n.Help, w) == i, "help", "not-a-choice", "Choose each of those that are offered once.")
	}
	c.Text("note", n.Note, 0, MaxNote)
	return c.Err()
}

func isLanguage(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil
}

// Offered are the needs with what may be offered: who can't come is offered a visit by
// video where they have a phone for it, and one at home.
func (n Needs) Offered() Needs {
	n.Offers = nil
	if n.Transport == "" || n.Transport == "fine" {
		return n
	}
	if n.Phone == "" || n.Phone == "own" {
		n.Offers = append(n.Offers, schedule.Video)
	}
	n.Offers = append(n.Offers, schedule.HomeVisit)
	return n
}
