// Package supply knows what is seen of how a medicine is supplied: what was fetched early,
// what was lost, and what comes from two places. These are facts, each with a question
// that somebody can ask. There is no label and no number of a person. It is pure.
package supply

import (
	"cmp"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/medicine"
)

// The kinds of an entry.
const (
	Fetched = "fetched" // from a pharmacy, or handed out, for Days days
	Lost    = "lost"    // lost or stolen, as it was told
	Said    = "said"    // what the patient says of it, in their own words
)

// Kinds lists them.
var Kinds = []string{Fetched, Lost, Said}

// Limits of an entry.
const (
	MaxDays    = 400
	MaxText    = 1000
	MaxEntries = 1000 // of one patient
)

// Terms is what somebody writes down. On is YYYY-MM-DD.
type Terms struct {
	MedicineID string `json:"medicineId"`
	Kind       string `json:"kind"`
	On         string `json:"on"`
	Days       int    `json:"days,omitempty"`
	Words      string `json:"words,omitempty"`
}

// Entry is one.
type Entry struct {
	ID         string        `json:"id"`
	PatientID  string        `json:"patientId"`
	Medicine   string        `json:"medicine"` // as it is called
	UseRelated bool          `json:"useRelated"`
	By         models.Author `json:"by"`
	At         time.Time     `json:"at"`
	Terms
}

// Check holds terms against what they can be. Errors: KindInvalid with fields.
func (t Terms) Check(now time.Time) error {
	var c models.Checks
	c.Require(slices.Contains(Kinds, t.Kind), "kind", "not-a-choice", "Choose one of those that are offered.")
	on, err := time.Parse(time.DateOnly, t.On)
	c.Require(err == nil, "on", "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(err != nil || on.Year() >= 1900 && !on.After(now.Add(36*time.Hour)), "on", "not-a-past-day", "This day is still to come, or too long ago.")
	if t.Kind == Fetched {
		c.Require(t.Days >= 1 && t.Days <= MaxDays, "days", "out-of-range", "Give 1 to 400 days.")
	} else {
		c.Require(t.Days == 0, "days", "not-wanted", "Only what was fetched is for some days.")
	}
	least := 0
	if t.Kind == Said {
		least = 1
	}
	c.Text("words", t.Words, least, MaxText)
	return c.Err()
}

// The kinds of a fact. Each has one question, in the words of the page.
const (
	Early      = "fetched-early"
	WasLost    = "lost"
	TwoSources = "two-sources"
)

// Fact is what was seen, and of which entries or lines.
type Fact struct {
	Kind      string   `json:"kind"`
	Medicine  string   `json:"medicine"`
	On        string   `json:"on,omitempty"`
	DaysEarly int      `json:"daysEarly,omitempty"` // days that were left of what was fetched before
	Of        []string `json:"of"`                  // ids of entries, or of lines of the list
}

// slack is how many days ahead somebody may fetch the next without a question: weekends
// and journeys [P].
const slack = 3

// Facts are what the entries and the list show, the newest first.
func Facts(entries []Entry, lines []medicine.Medicine) []Fact {
	out := []Fact{}
	of := map[string][]Entry{}
	for _, e := range entries {
		switch e.Kind {
		case Lost:
			out = append(out, Fact{Kind: WasLost, Medicine: e.Medicine, On: e.On, Of: []string{e.ID}})
		case Fetched:
			of[e.MedicineID] = append(of[e.MedicineID], e)
		}
	}
	for _, fetched := range of {
		out = append(out, early(fetched)...)
	}
	out = append(out, twoSources(lines)...)
	slices.SortFunc(out, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Of[0], b.Of[0]))
	})
	return out
}

func early(fetched []Entry) (out []Fact) {
	slices.SortFunc(fetched, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.ID, b.ID)) })
	var until time.Time
	last := ""
	for _, e := range fetched {
		on, _ := time.Parse(time.DateOnly, e.On) // checked
		if left := int(until.Sub(on).Hours() / 24); last != "" && left > slack {
			out = append(out, Fact{Kind: Early, Medicine: e.Medicine, On: e.On, DaysEarly: left, Of: []string{e.ID, last}})
		}
		if until.Before(on) {
			until = on
		}
		until, last = until.AddDate(0, 0, e.Days), e.ID
	}
	return out
}

// twoSources finds one ingredient that is taken from two places, or from two prescribers.
func twoSources(lines []medicine.Medicine) (out []Fact) {
	from := func(m medicine.Medicine) string {
		if m.Prescriber != nil {
			return m.Prescriber.AccountID
		}
		return string(m.Source) + ":" + m.PrescribedBy
	}
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			both := slices.ContainsFunc(a.Names(), func(n string) bool { return slices.Contains(b.Names(), n) })
			if both && a.Status == medicine.Taken && b.Status == medicine.Taken && from(a) != from(b) {
				out = append(out, Fact{Kind: TwoSources, Medicine: a.Name, Of: []string{a.ID, b.ID}})
			}
		}
	}
	return out
}
