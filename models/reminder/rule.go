package reminder

import "time"

// Policy says on which clock a rule is read.
type Policy string

// The policies.
const (
	Here  Policy = "here"  // the wall clock where the person is
	Home  Policy = "home"  // the wall clock at home, wherever the person is
	Every Policy = "every" // a fixed interval from a first instant
	Once  Policy = "once"  // one instant
)

// Rule says when something is to be said. Which of its fields count follows from
// the Policy; Check refuses the others.
type Rule struct {
	ID     string `json:"id"` // unique within its person: "check-in", "visit:<id>:2:1h"
	Kind   Kind   `json:"kind"`
	Ref    string `json:"ref,omitempty"` // id of what it is about, for the app after sign-in
	Policy Policy `json:"policy"`

	// Here and Home.
	Time      string   `json:"time,omitempty"`      // "09:00"; "" is the kind's, or the person's own choice
	Days      []string `json:"days,omitempty"`      // "MO".."SU" (RFC 5545 BYDAY); none: every day
	EveryDays int      `json:"everyDays,omitempty"` // each n-th day, counted from From; 0 and 1 are each day
	From      string   `json:"from,omitempty"`      // first local date, YYYY-MM-DD
	Until     string   `json:"until,omitempty"`     // last local date

	// Every and Once.
	At         *time.Time `json:"at,omitempty"`         // the instant, or the first of them
	EveryHours int        `json:"everyHours,omitempty"` // 24..8784

	UsefulMinutes int        `json:"usefulMinutes,omitempty"` // 0: the kind's
	Deadline      *time.Time `json:"deadline,omitempty"`      // of no use from this instant on
	Late          bool       `json:"late,omitempty"`          // Once: still said when it is planned after its time
	HearBy        *time.Time `json:"hearBy,omitempty"`        // Once: quiet hours do not hold it back past this instant

	// Steps are the steps that somebody else chose for this rule, who may: a patient for
	// what they promised. None: the kind's, or the person's own choice.
	Steps []Step `json:"steps,omitempty"`
	Say   *Say   `json:"say,omitempty"` // Once: the words that were chosen
	// Relied: others rely on it that the person hears of it. See relied.
	Relied bool `json:"relied,omitempty"`
	// Done are the instants, of the last days, at which what a rule of a wall clock asks
	// for was done. See planner.answered.
	Done []time.Time `json:"done,omitempty"`
}

// Say names a text of the allow-list in a language, instead of the kind's own.
type Say struct {
	Code     string `json:"code"`
	Language string `json:"language"` // BCP 47
}

// useful is how long after its time an occurrence of the rule may still be sent.
func (r Rule) useful() time.Duration {
	if r.UsefulMinutes > 0 {
		return time.Duration(r.UsefulMinutes) * time.Minute
	}
	return r.Kind.Traits().Useful
}
