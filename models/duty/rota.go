// Package duty answers who is on duty at an instant: one person, or nobody, and then
// the fail-safe that the site declared. It is pure.
//
// A wall-clock reading becomes an instant as RFC 5545 section 3.3.5 says (package
// schedule): a reading that the clock shows twice is its first occurrence, one that it
// jumps over is read with the offset before the jump. A shift from 01:00 to 03:00 thus
// takes one hour in the night that loses one, and three in the night that has one twice.
//
// The order in which a rota is asked, all of it stated so that no two people read it in
// two ways:
//
//  1. of the overrides that hold, the last one of the list;
//  2. of the shifts that hold, the first one of the list: those below it are its reserve;
//  3. who was found gives the time away by each accepted swap, in the order of the swaps;
//  4. who is on leave is covered by whom the leave names, who may be on leave as well. A
//     leave without cover, and covers that go in a circle, leave nobody;
//  5. where that leaves nobody, the next shift that holds is asked, and at last nobody.
package duty

import (
	"time"

	"handrail/models"
)

// What a rota is asked for.
const (
	ServesCover      = "cover"      // who answers when the assigned clinician does not
	ServesSupervisor = "supervisor" // who answers after the lead of the team
)

// Shift is a time of the week that comes again. Days are ISO 8601, 1 is Monday; From
// and To are HH:MM on the rota's clock. A To that is not later than From lies on the
// next day; 24:00 is the end of the day. Since and Until are dates, YYYY-MM-DD, both
// part of it and both may be empty. Every 2 is each second week, counted from the week
// of Since.
type Shift struct {
	AccountID string `json:"accountId"`
	Days      []int  `json:"days"`
	From      string `json:"from"`
	To        string `json:"to"`
	Since     string `json:"since,omitempty"`
	Until     string `json:"until,omitempty"`
	Every     int    `json:"every,omitempty"`
}

// Override puts somebody on duty once, from From until To: LocalDateTimes of RFC 8984
// on the rota's clock, with seconds 00.
type Override struct {
	AccountID string `json:"accountId"`
	From      string `json:"from"`
	To        string `json:"to"`
}

// Leave is a time in which somebody is not on duty, on any rota. Cover answers for
// them meanwhile; "" is nobody.
type Leave struct {
	AccountID string `json:"accountId"`
	From      string `json:"from"`
	To        string `json:"to"`
	Cover     string `json:"cover,omitempty"`
}

// Terms are what the office says of a rota.
type Terms struct {
	Name       string            `json:"name"`
	Zone       string            `json:"zone"` // IANA name
	Site       string            `json:"site,omitempty"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Programme  string            `json:"programme,omitempty"` // whose patients it is asked for; "" is all
	Serves     string            `json:"serves"`
	OnCall     bool              `json:"onCall"` // it declares that somebody answers day and night
	Shifts     []Shift           `json:"shifts"`
	Overrides  []Override        `json:"overrides,omitempty"`
	Leave      []Leave           `json:"leave,omitempty"`
}

// The statuses of a swap.
const (
	SwapProposed = "proposed"
	SwapAccepted = "accepted"
	SwapDeclined = "declined"
)

// Swap gives the duties of one person between two readings of the clock to another one.
// It holds once that one has accepted.
type Swap struct {
	ID         string    `json:"id"`
	GivenBy    string    `json:"givenBy"`
	TakenBy    string    `json:"takenBy"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Status     string    `json:"status"`
	ProposedAt time.Time `json:"proposedAt"`
	AnsweredAt time.Time `json:"answeredAt,omitzero"`
}

// Rota says who is on duty, week by week.
type Rota struct {
	ID string `json:"id"`
	Terms
	Swaps     []Swap        `json:"swaps,omitempty"`
	ChangedBy models.Author `json:"changedBy"`
	ChangedAt time.Time     `json:"changedAt"`
	EndedAt   time.Time     `json:"endedAt,omitzero"` // from then on it is asked for nothing
}

// Live tells whether a rota is asked at all.
func (r Rota) Live(at time.Time) bool { return r.EndedAt.IsZero() || at.Before(r.EndedAt) }

// People are all whom a rota names as on duty at some time, or as cover, in its order.
func (r Rota) People() []string {
	seen := map[string]bool{"": true}
	var out []string
	add := func(id string) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	for _, s := range r.Shifts {
		add(s.AccountID)
	}
	for _, o := range r.Overrides {
		add(o.AccountID)
	}
	for _, w := range r.Swaps {
		if w.Status == SwapAccepted {
			add(w.TakenBy)
		}
	}
	for _, l := range r.Leave {
		add(l.Cover)
	}
	return out
}
