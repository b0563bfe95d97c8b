package medicine

import (
	"slices"
	"time"

	"handrail/models"
)

// ReconcileEvery is how many days pass until the list is gone through again.
const ReconcileEvery = 90

// Occasions are when a list is gone through.
var Occasions = []string{"intake", "discharge", "regular", "other"}

// Says is what somebody says of one line.
var Says = []string{"same", "differs", "not-taken"}

// Reconciliation is that somebody went through the list: the patient or a clinician. What
// they held in their hands is kept as words; a photo is not.
type Reconciliation struct {
	ID        string           `json:"id"`
	PatientID string           `json:"patientId"`
	Occasion  string           `json:"occasion"`
	Lines     []ReconciledLine `json:"lines"`
	Missing   []string         `json:"missing,omitempty"` // what is taken and is not on the list, in words
	Note      string           `json:"note,omitempty"`
	By        models.Author    `json:"by"`
	At        time.Time        `json:"at"`
}

// ReconciledLine is what was said of one line of the list.
type ReconciledLine struct {
	MedicineID string `json:"medicineId"`
	Says       string `json:"says"`
	Words      string `json:"words,omitempty"`
}

// Limits of going through a list.
const (
	MaxMissing = 50
)

// Check holds it against the list: each active line that the person can see is answered
// once. Errors: KindInvalid with fields.
func (r Reconciliation) Check(active []string) error {
	var c models.Checks
	c.Require(slices.Contains(Occasions, r.Occasion), "occasion", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", r.Note, 0, MaxText)
	c.Require(len(r.Lines) <= MaxActive, "lines", "too-many", "That is too many entries.")
	c.Require(len(r.Missing) <= MaxMissing, "missing", "too-many", "That is too many entries.")
	for i, text := range r.Missing {
		c.Text(models.Indexed("missing", i), text, 1, MaxText)
	}
	said := map[string]bool{}
	for i, l := range r.Lines {
		at := models.Indexed("lines", i)
		c.Require(slices.Contains(active, l.MedicineID), at+".medicineId", "not-on-list", "This is not on the list any more. Load it again.")
		c.Require(!said[l.MedicineID], at+".medicineId", "twice", "This is here twice.")
		c.Require(slices.Contains(Says, l.Says), at+".says", "not-a-choice", "Choose one of those that are offered.")
		c.Text(at+".words", l.Words, 0, MaxText)
		said[l.MedicineID] = true
	}
	for _, id := range active {
		if !said[id] {
			c.Fail("lines", "line-missing", "Say something of each medicine on the list.")
			break
		}
	}
	return c.Err()
}

// Differs tells whether the list and what is taken are not the same.
func (r Reconciliation) Differs() bool {
	return len(r.Missing) > 0 || slices.ContainsFunc(r.Lines, func(l ReconciledLine) bool { return l.Says != "same" })
}
