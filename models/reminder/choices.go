package reminder

import (
	"fmt"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// Choices are how one person wants to be reminded. The zero Choices are the
// defaults. A list that is empty says something else than one that is left out, and
// both are kept as they are.
type Choices struct {
	Language    string              `json:"language,omitempty"`
	Quiet       []Window            `json:"quiet,omitzero"`
	PausedUntil *time.Time          `json:"pausedUntil,omitempty"`
	Digest      string              `json:"digest,omitempty"`
	PerDay      *int                `json:"perDay,omitempty"`
	Kinds       map[Kind]KindChoice `json:"kinds,omitempty"`
}

// KindChoice is what a person chose for one kind. What is left out is the kind's
// default.
type KindChoice struct {
	Off    bool      `json:"off,omitempty"`
	Time   string    `json:"time,omitempty"`
	Steps  []Step    `json:"steps,omitzero"`
	Quiet  QuietRule `json:"quiet,omitempty"`
	Digest *bool     `json:"digest,omitempty"`
}

// Window is a time of day in which nothing is said, over midnight when To is not
// after From.
type Window struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// DefaultQuiet are the quiet hours of somebody who chose none.
var DefaultQuiet = []Window{{"22:00", "08:00"}}

// Limits on choices.
const (
	MaxQuiet  = 3
	MaxPerDay = 50
	MaxKinds  = 20                  // more than there are: a newer client may know more
	MaxPause  = 92 * 24 * time.Hour // a pause ends by itself: nobody is forgotten
	minOpen   = 4 * 60              // minutes a day that quiet hours must leave
)

// Check notes in c whatever can't be chosen. now is needed for the pause.
func (ch Choices) Check(c *models.Checks, now time.Time) {
	c.Require(len(ch.Language) <= models.MaxLanguage, "language", "too-long", "A language is a tag such as es or pt-BR.")
	c.Require(len(ch.Quiet) <= MaxQuiet, "quiet", "too-many", "There can be three quiet times a day.")
	for i, w := range ch.Quiet {
		field := fmt.Sprintf("quiet[%d]", i)
		checkTime(c, field+".from", w.From, false)
		checkTime(c, field+".to", w.To, false)
		c.Require(w.From != w.To, field+".to", "whole-day", "Quiet time ends at another time than it begins. To stop everything, use the pause.")
	}
	if c.Err() == nil {
		c.Require(openMinutes(ch.Quiet) >= minOpen, "quiet", "whole-day", "Leave at least four hours of the day in which we may remind you.")
	}
	c.Require(ch.PausedUntil == nil || ch.PausedUntil.Before(now.Add(MaxPause)), "pausedUntil", "too-far", "A pause lasts three months at most.")
	checkTime(c, "digest", ch.Digest, true)
	c.Require(ch.PerDay == nil || *ch.PerDay >= 0 && *ch.PerDay <= MaxPerDay, "perDay", "out-of-range", "This is a number of reminders a day, 0 to 50.")
	for k, kc := range ch.Kinds {
		kc.check(c, "kinds."+string(k), k)
	}
}

func (kc KindChoice) check(c *models.Checks, field string, k Kind) {
	if !k.Valid() && k != Gathered {
		c.Fail("kinds", "unknown-kind", "There is no reminder of this kind.")
		return
	}
	c.Require(!k.above() || !kc.Off && kc.Quiet == "" && len(kc.Steps) == 0, field, "not-a-choice", "Alarms of the team can't be changed here.")
	checkTime(c, field+".time", kc.Time, true)
	c.Require(slices.Contains(QuietRules, kc.Quiet) || kc.Quiet == "", field+".quiet", "unknown-choice", "Say wait, skip or pass.")
	last := -1
	for i, s := range kc.Steps {
		at := slices.Index(Steps, s)
		c.Require(at > last, fmt.Sprintf("%s.steps[%d]", field, i), "bad-step", "Steps are push, local, email, sms and person, in this order.")
		last = max(last, at)
	}
}

// openMinutes is how many minutes of a day no window takes.
func openMinutes(quiet []Window) int {
	n := 0
	for m := range int64(24 * 60) {
		if _, in := within(quiet, m*60); !in {
			n++
		}
	}
	return n
}

// within finds the window that a time of day, in seconds, lies in.
func within(quiet []Window, clock int64) (Window, bool) {
	for _, w := range quiet {
		from, _ := schedule.ParseClock(w.From)
		to, _ := schedule.ParseClock(w.To)
		if from < to && clock >= from && clock < to || from > to && (clock >= from || clock < to) {
			return w, true
		}
	}
	return Window{}, false
}

// quiet is the quiet hours that hold.
func (ch Choices) quiet() []Window {
	if ch.Quiet == nil {
		return DefaultQuiet
	}
	return ch.Quiet
}

// For is what holds for one kind: its defaults with the person's choices on top.
// off tells that the person wants none of it.
func (ch Choices) For(k Kind) (t Traits, off bool) {
	t = k.Traits()
	kc, chosen := ch.Kinds[k]
	if k == Gathered && ch.Digest != "" {
		t.Time = ch.Digest
	}
	if !chosen || k.above() {
		return t, false
	}
	if kc.Time != "" {
		t.Time = kc.Time
	}
	if kc.Steps != nil {
		t.Steps = kc.Steps
	}
	if kc.Quiet != "" {
		t.Quiet = kc.Quiet
	}
	if kc.Digest != nil {
		t.Digest = *kc.Digest
	}
	return t, kc.Off
}
