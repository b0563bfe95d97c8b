// Package episode knows the rules of a patient's way through the clinic (FHIR
// EpisodeOfCare): one intake for mind and use in which nobody is asked a thing twice,
// which programmes suit, and a way out with somebody to see a week and a month later.
// It is pure.
package episode

import (
	"slices"
	"time"

	"handrail/models"
)

// Status is where an episode stands (FHIR EpisodeOfCareStatus, those that we use).
type Status string

// The statuses.
const (
	Planned   Status = "planned" // the intake goes on
	Active    Status = "active"
	OnHold    Status = "onhold"
	Finished  Status = "finished"  // by a discharge alone
	Cancelled Status = "cancelled" // it never began
)

// Statuses lists them.
var Statuses = []Status{Planned, Active, OnHold, Finished, Cancelled}

// moves are those that a person makes; to Finished leads a discharge.
var moves = map[Status][]Status{Planned: {Active, Cancelled}, Active: {OnHold}, OnHold: {Active}}

// Open tells whether the episode goes on.
func (s Status) Open() bool { return s == Planned || s == Active || s == OnHold }

// Limits of an episode; texts in characters.
const (
	MaxWords    = 2000
	MaxComments = 200
	MaxOf       = 300 // episodes of one patient
	maxHistory  = 100
)

// Step is a change of status.
type Step struct {
	At     time.Time     `json:"at"`
	Status Status        `json:"status"`
	By     models.Author `json:"by"`
	Why    string        `json:"why,omitempty"`
}

// Comment is what the patient says to what was written down in a section.
type Comment struct {
	ID      string    `json:"id"`
	Section string    `json:"section"`
	Words   string    `json:"words"`
	At      time.Time `json:"at"`
}

// Episode is one way through the clinic. Times are UTC.
type Episode struct {
	ID        string            `json:"id"`
	PatientID string            `json:"patientId"`
	Status    Status            `json:"status"`
	BegunAt   time.Time         `json:"begunAt"`
	EndedAt   *time.Time        `json:"endedAt,omitempty"`
	By        models.Author     `json:"by"`
	History   []Step            `json:"history"`
	Answers   map[string]Answer `json:"answers"` // by question
	Done      map[string]Mark   `json:"done"`    // by section
	Comments  []Comment         `json:"comments"`
	Choices   []Choice          `json:"choices"` // of programmes
	Discharge *Discharge        `json:"discharge,omitempty"`
	Reminders string            `json:"reminders,omitempty"` // what the patient wants once it has ended: one of Reminders
}

// What a patient can choose to be reminded of once an episode has ended. Nothing chosen:
// all as before. The crisis plan stays on their phone whatever they choose.
const (
	RemindAll    = "all"
	RemindVisits = "visits" // what is booked, and the crisis plan
	RemindNone   = "none"
)

// Reminders lists them.
var Reminders = []string{RemindAll, RemindVisits, RemindNone}

// Mark says who did something, and when.
type Mark struct {
	By models.Author `json:"by"`
	At time.Time     `json:"at"`
}

// Begin makes one.
func Begin(id, patientID string, by models.Actor, now time.Time) Episode {
	e := Episode{ID: id, PatientID: patientID, BegunAt: now.UTC().Truncate(time.Millisecond), By: models.AuthorOf(by),
		Answers: map[string]Answer{}, Done: map[string]Mark{}, Comments: []Comment{}, Choices: []Choice{}, History: []Step{}}
	return e.step(Planned, by, "", now)
}

func (e Episode) step(s Status, by models.Actor, why string, now time.Time) Episode {
	now = now.UTC().Truncate(time.Millisecond)
	e.Status, e.History = s, append(slices.Clone(e.History), Step{now, s, models.AuthorOf(by), why})
	if over := len(e.History) - maxHistory; over > 0 { // the first says who began
		e.History = append(slices.Clone(e.History[:1]), e.History[1+over:]...)
	}
	if !s.Open() {
		e.EndedAt = &now
	}
	return e
}

// Moved is the episode in another status; the same again changes nothing. A hold and a
// cancellation say why.
//
// Errors: KindInvalid with "status" or "why"; KindConflict "not-from-here".
func (e Episode) Moved(to Status, by models.Actor, why string, now time.Time) (Episode, error) {
	var c models.Checks
	c.Require(slices.Contains(Statuses, to) && to != Planned && to != Finished, "status", "not-a-choice", "Choose one of those that are offered.")
	least := 0
	if to == OnHold || to == Cancelled {
		least = 1
	}
	c.Text("why", why, least, MaxWords)
	if err := c.Err(); err != nil || to == e.Status {
		return e, err
	}
	if !slices.Contains(moves[e.Status], to) {
		return e, models.E(models.KindConflict, "not-from-here", "This can't be done from where it stands. Load it again.")
	}
	return e.step(to, by, why, now), nil
}

// errOver: nothing is written into what has ended.
func errOver() error {
	return models.E(models.KindConflict, "episode-over", "This has ended. Begin anew.")
}
