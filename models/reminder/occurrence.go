package reminder

import (
	"slices"
	"time"
)

// Why says why an occurrence says nothing and only lies in the inbox.
type Why string

// The reasons for silence.
const (
	Loud      Why = ""           // it prompts
	InDigest  Why = "digest"     // gathered into the day's one prompt
	OverCap   Why = "cap"        // the day has its number of prompts
	Paused    Why = "paused"     // the person asked for a pause
	InQuiet   Why = "quiet"      // it fell into quiet hours
	InboxOnly Why = "inbox-only" // the person chose no step
	Jumped    Why = "jumped"     // a flight jumped over its time, too long ago
)

// Occurrence is one time that something is to be said.
type Occurrence struct {
	Name    string    `json:"name"` // rule|date: the same whatever plans it again
	Rule    string    `json:"rule"`
	Date    string    `json:"date"` // the rule's date on its own clock; the UTC date of an instant
	Kind    Kind      `json:"kind"`
	Ref     string    `json:"ref,omitempty"`
	Due     time.Time `json:"due"`
	Until   time.Time `json:"until"`             // the first moment at which it is of no use
	Since   time.Time `json:"since,omitzero"`    // when it lies in the inbox, where that is before Due: quiet hours hold back a sound
	Reading string    `json:"reading,omitempty"` // RFC 8984 LocalDateTime, for Here: a phone that travels follows its own clock
	Steps   []Step    `json:"steps"`
	First   int       `json:"first,omitempty"` // how many of Steps the person chose: those after them are taken only where nobody took any of these. 0: all
	Silent  Why       `json:"silent,omitempty"`
	Say     *Say      `json:"say,omitempty"`
}

func name(rule, date string) string { return rule + "|" + date }

// Shown is when an occurrence lies in the inbox.
func (o Occurrence) Shown() time.Time {
	if o.Since.IsZero() {
		return o.Due
	}
	return o.Since
}

// same tells whether nothing that is kept of o and p differs.
func (o Occurrence) same(p Occurrence) bool {
	return o.Due.Equal(p.Due) && o.Until.Equal(p.Until) && o.Since.Equal(p.Since) && o.Silent == p.Silent && o.Kind == p.Kind &&
		o.Ref == p.Ref && o.Reading == p.Reading && o.First == p.First && slices.Equal(o.Steps, p.Steps)
}

// Known is an occurrence that is kept already. Fixed: it was handed over, or ended
// otherwise, and does not change any more.
type Known struct {
	Occurrence
	Fixed bool
}

// Change is what turns what is known into what is wanted.
type Change struct {
	Add, Move, Drop []Occurrence
}

// Empty tells that there is nothing to do.
func (c Change) Empty() bool { return len(c.Add)+len(c.Move)+len(c.Drop) == 0 }

// Diff compares. What is fixed stays; what was due and is of no use any more stays
// too, for whoever drops it to say so.
func Diff(known []Known, want []Occurrence, now time.Time) Change {
	var c Change
	have := make(map[string]Known, len(known))
	for _, k := range known {
		have[k.Name] = k
	}
	wanted := make(map[string]bool, len(want))
	for _, w := range want {
		wanted[w.Name] = true
		switch k, ok := have[w.Name]; {
		case !ok:
			c.Add = append(c.Add, w)
		case !k.Fixed && !k.same(w):
			c.Move = append(c.Move, w)
		}
	}
	for _, k := range known {
		if !k.Fixed && !wanted[k.Name] && k.Until.After(now) {
			c.Drop = append(c.Drop, k.Occurrence)
		}
	}
	return c
}
