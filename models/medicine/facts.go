package medicine

import (
	"slices"
	"time"

	"handrail/models"
)

// Fact is what is known of a person and a rule asks for: a number or a word, of a day.
type Fact struct {
	Code   string    `json:"code"`
	On     time.Time `json:"on"`
	Number float64   `json:"number,omitempty"`
	Word   string    `json:"word,omitempty"`
}

// FactKind is what a fact can be.
type FactKind struct {
	Words    []string // one of them; empty: a number
	Min, Max float64
	Unit     string // UCUM
}

// FactKinds are the facts that rules may ask for. Unknown is an answer too.
var FactKinds = map[string]FactKind{
	"ecg-qtc":          {Min: 200, Max: 800, Unit: "ms"},
	"naloxone":         {Words: []string{"yes", "no", "unknown"}},
	"pregnancy":        {Words: []string{"yes", "no", "possible", "unknown"}},
	"opioid-free-days": {Min: 0, Max: 3650, Unit: "d"},
	"lithium-level":    {Min: 0, Max: 10, Unit: "mmol/L"},
	"kidney-thyroid":   {Words: []string{"done"}},
	"anc":              {Min: 0, Max: 100, Unit: "10*9/L"},
	"liver":            {Words: []string{"done"}},
	"weight":           {Min: 2, Max: 500, Unit: "kg"},
}

// FactCodes lists them in order.
var FactCodes = []string{"ecg-qtc", "naloxone", "pregnancy", "opioid-free-days", "lithium-level", "kidney-thyroid", "anc", "liver", "weight"}

// CheckFact holds a fact against what it can be. field is where it stands in the input.
func CheckFact(c *models.Checks, field string, f Fact, now time.Time) {
	k, known := FactKinds[f.Code]
	c.Require(known, field+".code", "not-a-choice", "Choose one of those that are offered.")
	if !known {
		return
	}
	if len(k.Words) > 0 {
		c.Require(slices.Contains(k.Words, f.Word), field+".word", "not-a-choice", "Choose one of those that are offered.")
		c.Require(f.Number == 0, field+".number", "not-wanted", "This is answered by a word.")
	} else {
		c.Require(f.Word == "" && f.Number >= k.Min && f.Number <= k.Max, field+".number", "out-of-range", "This number can't be right. Please look at the unit.")
	}
	c.Require(!f.On.After(now.Add(24*time.Hour)), field+".on", "in-the-future", "This day is still to come.")
	c.Require(f.On.After(now.AddDate(-20, 0, 0)), field+".on", "too-long-ago", "This day is too long ago.")
}

// knows tells whether a fact is there and fresh enough at a moment.
func knows(facts map[string]Fact, code string, fresh int, at time.Time) (Fact, bool) {
	f, ok := facts[code]
	return f, ok && (fresh == 0 || at.Sub(f.On) <= time.Duration(fresh+1)*24*time.Hour)
}

// holds tells whether a known fact is what a rule is about.
func (f Fact) holds(is []string, below, atLeast float64) bool {
	if len(is) > 0 {
		return slices.Contains(is, f.Word)
	}
	if f.Word != "" {
		return false
	}
	return below > 0 && f.Number < below || atLeast > 0 && f.Number >= atLeast
}
