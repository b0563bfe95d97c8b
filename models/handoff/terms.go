// Package handoff knows the rules of giving the care of a patient into other hands: what
// is told (illness severity, summary, actions, situation and what-if, synthesis by the
// receiver: I-PASS, PMC10964397), until when somebody has to take it, and what is measured.
// It is pure.
package handoff

import (
	"slices"
	"time"

	"handrail/models"
)

// Severity is how ill somebody is, for the team alone.
type Severity string

// The severities.
const (
	Stable   Severity = "stable"
	Watcher  Severity = "watcher" // may become unstable
	Unstable Severity = "unstable"
)

// Severities lists them.
var Severities = []Severity{Stable, Watcher, Unstable}

// Setting is where somebody is cared for.
type Setting string

// The settings.
const (
	Ward      Setting = "ward"
	Detox     Setting = "detox"
	Clinic    Setting = "clinic"
	Community Setting = "community"
)

// Settings lists them.
var Settings = []Setting{Ward, Detox, Clinic, Community}

// Limits of a handoff, texts in characters.
const (
	MaxText     = 2000
	MaxEntries  = 20 // actions, what-ifs, leads
	MaxEntry    = 300
	minReadBack = 4 // words
	mostAhead   = 366
)

// WhatIf is what may happen, and what to do then.
type WhatIf struct {
	If   string `json:"if"`
	Then string `json:"then"`
}

// Terms is what is told, and to whom. Where the setting changes, From and To name both,
// and somebody calls on the first and on the seventh day after MovesOn.
type Terms struct {
	Receiver    string   `json:"to"` // account
	Severity    Severity `json:"severity"`
	Summary     string   `json:"summary"`
	Actions     []string `json:"actions,omitempty"`
	Situation   string   `json:"situation,omitempty"`
	WhatIf      []WhatIf `json:"whatIf,omitempty"`
	From        Setting  `json:"fromSetting,omitempty"`
	To          Setting  `json:"toSetting,omitempty"`
	MovesOn     string   `json:"movesOn,omitempty"`     // YYYY-MM-DD
	NextVisitOn string   `json:"nextVisitOn,omitempty"` // YYYY-MM-DD
	CallDay1    string   `json:"callDay1,omitempty"`    // account
	CallDay7    string   `json:"callDay7,omitempty"`    // account
	Leads       []string `json:"leads,omitempty"`       // tasks of items of the care plan that go with it
}

// Moves tells whether the setting changes.
func (t Terms) Moves() bool { return t.From != t.To }

// NeedsReadBack tells whether the receiver has to say in their own words what they heard:
// where the patient is unstable, and where the setting changes. Elsewhere a tap does.
func (t Terms) NeedsReadBack() bool { return t.Severity == Unstable || t.Moves() }

// Within is how long the receiver has, and each one who is asked after them.
func (t Terms) Within() time.Duration {
	switch t.Severity {
	case Unstable:
		return 15 * time.Minute
	case Watcher:
		return time.Hour
	}
	return 4 * time.Hour
}

// Missing lists the elements that were left out: of the five of I-PASS that the giver
// tells, and of a change of setting the next visit and the two calls.
func (t Terms) Missing() []string {
	out := []string{}
	need := func(there bool, element string) {
		if !there {
			out = append(out, element)
		}
	}
	need(len(t.Actions) > 0, "actions")
	need(t.Situation != "", "situation")
	need(len(t.WhatIf) > 0, "what-if")
	if t.Moves() {
		need(t.NextVisitOn != "", "next-visit")
		need(t.CallDay1 != "", "call-day-1")
		need(t.CallDay7 != "", "call-day-7")
	}
	return out
}

// Check says what is wrong with a handoff of giver. today is the patient's day. What is
// unstable or changes the setting has to be complete. Errors: KindInvalid with fields.
func (t Terms) Check(giver, today string) error {
	var c models.Checks
	c.Require(models.IsID(t.Receiver), "to", "required", "Say who takes over.")
	c.Require(t.Receiver != giver, "to", "is-yourself", "You have the care of this person already. Choose somebody else.")
	c.Require(slices.Contains(Severities, t.Severity), "severity", "not-a-choice", "Choose one of those that are offered.")
	c.Text("summary", t.Summary, 1, MaxText)
	c.Text("situation", t.Situation, 0, MaxText)
	c.Require(len(t.Actions) <= MaxEntries, "actions", "too-many", "Please keep it to 20.")
	for i, a := range t.Actions {
		c.Text(models.Indexed("actions", i), a, 1, MaxEntry)
	}
	c.Require(len(t.WhatIf) <= MaxEntries, "whatIf", "too-many", "Please keep it to 20.")
	for i, w := range t.WhatIf {
		c.Text(models.Indexed("whatIf", i)+".if", w.If, 1, MaxEntry)
		c.Text(models.Indexed("whatIf", i)+".then", w.Then, 1, MaxEntry)
	}
	c.Require(len(t.Leads) <= MaxEntries, "leads", "too-many", "Please keep it to 20.")
	for i, id := range t.Leads {
		c.Require(slices.Index(t.Leads, id) == i, models.Indexed("leads", i), "twice", "Name each thing once.")
	}
	t.checkMove(&c, today)
	if t.NeedsReadBack() {
		for _, element := range t.Missing() {
			c.Fail(fieldOf[element], "required", "Please fill this in: this person is unstable, or goes to another place.")
		}
	}
	return c.Err()
}

var fieldOf = map[string]string{"actions": "actions", "situation": "situation", "what-if": "whatIf", "next-visit": "nextVisitOn", "call-day-1": "callDay1", "call-day-7": "callDay7"}

func (t Terms) checkMove(c *models.Checks, today string) {
	c.Require((t.From == "") == (t.To == ""), "toSetting", "both-or-none", "Name where the person comes from and where they go.")
	c.Require(t.From == "" || slices.Contains(Settings, t.From), "fromSetting", "not-a-choice", "Choose one of those that are offered.")
	c.Require(t.To == "" || slices.Contains(Settings, t.To), "toSetting", "not-a-choice", "Choose one of those that are offered.")
	c.Date("movesOn", t.MovesOn)
	c.Date("nextVisitOn", t.NextVisitOn)
	last := ""
	if day, err := time.Parse(time.DateOnly, today); err == nil {
		last = day.AddDate(0, 0, mostAhead).Format(time.DateOnly)
	}
	for _, d := range []struct{ field, day string }{{"movesOn", t.MovesOn}, {"nextVisitOn", t.NextVisitOn}} {
		c.Require(d.day == "" || d.day >= today, d.field, "in-the-past", "Give a day that is still to come.")
		c.Require(d.day == "" || d.day <= last, d.field, "too-far", "Give a day within a year.")
	}
}
