package models

import (
	"fmt"
	"slices"
)

// CallWish is how and when a patient may be called by people who work at the clinic. The
// zero CallWish says nothing: then nobody knows, and nothing is left on a voicemail.
type CallWish struct {
	Number    string       `json:"number,omitempty"`    // E.164, a number that is safe to call; "": that of the profile
	Voicemail string       `json:"voicemail,omitempty"` // one of Voicemails; "": not said
	Texts     bool         `json:"texts"`               // a text message is safe
	Windows   []CallWindow `json:"windows,omitempty"`   // none: at any time
	Note      string       `json:"note,omitempty"`      // in the patient's own words
}

// Voicemails are what may be left when nobody answers.
var Voicemails = []string{"no", "name-only", "yes"}

// CallWindow is a time of day, on the patient's clock, in which they may be called.
type CallWindow struct {
	Days []string `json:"days,omitempty"` // MO..SU; none: every day
	From string   `json:"from"`           // HH:MM
	To   string   `json:"to"`             // HH:MM, later than From; 24:00 is the end of the day
}

// Limits of a CallWish.
const (
	MaxCallWindows = 7
	MaxCallNote    = 300 // characters
)

var weekDays = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

// Check checks what a patient set. The error is an invalid-input Error.
func (w CallWish) Check() error {
	var c Checks
	c.Phone("number", w.Number, false)
	c.Require(w.Voicemail == "" || slices.Contains(Voicemails, w.Voicemail), "voicemail", "not-a-choice", "Choose one of those that are offered.")
	c.Require(len(w.Windows) <= MaxCallWindows, "windows", "too-many", "There are too many of these.")
	c.Text("note", w.Note, 0, MaxCallNote)
	for i, x := range w.Windows {
		field := fmt.Sprintf("windows[%d]", i)
		from, to := clockMinutes(x.From), clockMinutes(x.To)
		c.Require(from >= 0 && from < 24*60, field+".from", "bad-time", "Write the time as HH:MM.")
		c.Require(to > 0, field+".to", "bad-time", "Write the time as HH:MM.")
		c.Require(from < 0 || to < 0 || from < to, field+".to", "not-after", "Choose an end that is after the start.")
		for k, d := range x.Days {
			c.Require(slices.Contains(weekDays, d) && !slices.Contains(x.Days[:k], d), fmt.Sprintf("%s.days[%d]", field, k), "bad-day", "Days are MO to SU, each once.")
		}
	}
	return c.Err()
}

// clockMinutes reads HH:MM; -1 is none.
func clockMinutes(s string) int {
	if len(s) != 5 || s[2] != ':' {
		return -1
	}
	for i, r := range s {
		if i != 2 && (r < '0' || r > '9') {
			return -1
		}
	}
	hour, minute := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	if minute > 59 || hour > 24 || hour == 24 && minute > 0 {
		return -1
	}
	return hour*60 + minute
}
