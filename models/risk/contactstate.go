package risk

import (
	"slices"
	"time"

	"handrail/models"
)

// State is where a patient is as far as it decides whether they can be asked anything.
type State string

// The states. Here is the usual one. In each of the others no reminder goes out and
// nothing counts as missed; family is told by a person, never by the program.
const (
	Here       State = "here"
	InHospital State = "in-hospital"
	InJail     State = "in-jail"
	Away       State = "away"
	Died       State = "died"
)

// States lists every state.
var States = []State{Here, InHospital, InJail, Away, Died}

// ContactState is what the team has recorded of that. Until is the first local day on
// which the state has ended by itself, FollowUntil the first on which the team no longer
// follows this person closely (R-CI-3); "" for none, YYYY-MM-DD.
type ContactState struct {
	State       State     `json:"state"`
	Until       string    `json:"until,omitempty"`
	FollowUntil string    `json:"followUntil,omitempty"`
	ByName      string    `json:"byName,omitempty"`
	At          time.Time `json:"at,omitzero"`
	// BackAt is when the team wrote down that somebody came out of a hospital or a jail; zero
	// for never.
	BackAt time.Time `json:"backAt,omitzero"`
}

// How far ahead a state, a close follow-up and a pause may end, in days [P].
const (
	MaxStateDays  = 366
	MaxFollowDays = 92
	MaxPauseDays  = 31
)

// CheckState says what is wrong with a state that is recorded on a local day (YYYY-MM-DD).
// Errors: KindInvalid with fields.
func CheckState(s ContactState, today string) error {
	var c models.Checks
	c.Require(slices.Contains(States, s.State), "state", "not-a-choice", "Choose one of those that are offered.")
	checkAhead(&c, "until", s.Until, today, MaxStateDays)
	c.Require(s.Until == "" || s.State != Here && s.State != Died, "until", "no-end", "This state has no end to write down.")
	checkAhead(&c, "followUntil", s.FollowUntil, today, MaxFollowDays)
	return c.Err()
}

func checkAhead(c *models.Checks, field, day, today string, most int) {
	if day == "" {
		return
	}
	_, n := models.DaysFrom(today, day)
	c.Require(n >= 2 && n <= most+1, field, "bad-day", "Choose a day after today, and not too far ahead.")
}

// Pause is a patient's own break from check-ins: until the local day on which they are
// asked again, YYYY-MM-DD; "" for none. It always ends.
type Pause struct {
	Until string `json:"until"`
}

// CheckPause says what is wrong with a pause that is set on a local day.
func CheckPause(p Pause, today string) error {
	var c models.Checks
	checkAhead(&c, "until", p.Until, today, MaxPauseDays)
	return c.Err()
}

// dayBegins is the first moment of a local day; zero for none.
func dayBegins(day string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Quiet is what the states make of a moment.
type Quiet struct {
	All      bool      // no reminder of any kind
	CheckIns bool      // no check-in is asked for, and none is missed
	Ended    time.Time // when the last one ended; zero for none
}

// QuietAt reads a state and a pause at a moment, in the patient's zone.
func QuietAt(s ContactState, p Pause, zone *time.Location, now time.Time) Quiet {
	var out Quiet
	until := dayBegins(s.Until, zone)
	switch {
	case s.State == "" || s.State == Here:
		out.Ended = s.At
	case s.State == Died || until.IsZero() || now.Before(until):
		out.All, out.CheckIns = true, true
	default:
		out.Ended = until
	}
	end := dayBegins(p.Until, zone)
	switch {
	case now.Before(end):
		out.CheckIns = true
	case end.After(out.Ended):
		out.Ended = end
	}
	return out
}

// BackSince tells when somebody came out of a hospital or a jail: the tolerance of an
// opioid is lost there. Zero for who is still in, or never was as far as is known.
func (s ContactState) BackSince(zone *time.Location, now time.Time) time.Time {
	until := dayBegins(s.Until, zone)
	switch {
	case !Confined(s.State):
		return s.BackAt
	case !until.IsZero() && !now.Before(until):
		return until
	}
	return time.Time{}
}

// Confined tells whether a state keeps somebody from what they may have used.
func Confined(s State) bool { return s == InHospital || s == InJail }

// FollowedUntil is the end of a close follow-up; zero for none.
func (s ContactState) FollowedUntil(zone *time.Location) time.Time {
	return dayBegins(s.FollowUntil, zone)
}
