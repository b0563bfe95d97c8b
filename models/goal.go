package models

import (
	"math"
	"slices"
	"time"
)

// Goal is what a person wants to reach, in their own words (FHIR Goal).
type Goal struct {
	ID          string      `json:"id"`
	PatientID   string      `json:"patientId"`
	Status      GoalStatus  `json:"lifecycleStatus"`
	StatusWhy   string      `json:"statusReason,omitempty"`
	Achievement string      `json:"achievementStatus,omitempty"` // one of GoalAchievements
	Milestones  []Milestone `json:"milestones"`
	ProposedBy  Author      `json:"proposedBy"`
	AcceptedAt  *time.Time  `json:"acceptedAt,omitempty"`
	ProposedAt  time.Time   `json:"proposedAt"`
	ChangedAt   time.Time   `json:"changedAt"`
	// WrittenBy says who last wrote each of the terms, by the term's name.
	WrittenBy map[string]Author `json:"writtenBy,omitempty"`
	GoalTerms
}

// GoalTerms is what can be written about a goal.
type GoalTerms struct {
	Title     string      `json:"title"`
	Why       string      `json:"why,omitempty"`
	Domain    string      `json:"domain"`
	Barriers  []string    `json:"barriers,omitempty"`
	Strengths []string    `json:"strengths,omitempty"`
	Target    *GoalTarget `json:"target,omitempty"`
	Shared    bool        `json:"shared,omitempty"`
}

// GoalTarget is what can be measured about a goal, where something can.
type GoalTarget struct {
	Measure    string   `json:"measure"`
	Comparator string   `json:"comparator,omitempty"`
	Value      *float64 `json:"value,omitempty"`
	Unit       string   `json:"unit,omitempty"`
	DueOn      string   `json:"dueOn,omitempty"`
}

// Author is who wrote something.
type Author struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Role      Role   `json:"role"`
}

// AuthorOf tells an actor as an author.
func AuthorOf(a Actor) Author { return Author{a.AccountID, a.Name, a.Role} }

// GoalDomains are the parts of life that a goal can be about.
var GoalDomains = []string{"mental-health", "substance-use", "health", "relationships", "housing", "work", "legal", "other"}

// GoalAchievements are codes of FHIR's goal-achievement.
var GoalAchievements = []string{"in-progress", "improving", "worsening", "no-change", "achieved", "sustaining", "not-achieved", "no-progress", "not-attainable"}

// GoalComparators are how the value of a target is meant.
var GoalComparators = []string{"<=", ">=", "="}

// How much a goal holds, texts in characters.
const (
	MaxGoalTitle   = 200
	MaxGoalWhy     = 1000
	MaxGoalEntries = 20 // barriers, and strengths
	MaxGoalUnit    = 40
	MaxGoalValue   = 1_000_000 // of a target, either side of 0
	MaxEvidence    = 500       // of a step
	MaxGoalReason  = 500       // of a move

	maxGoalEntry      = 300
	maxGoalMilestones = 30
)

// NewGoal proposes a goal. A patient's own proposal is accepted by being made.
// Errors: KindInvalid with fields.
func NewGoal(id, patientID string, terms GoalTerms, by Actor, now time.Time) (Goal, error) {
	now = now.UTC().Truncate(time.Millisecond)
	terms = terms.normal()
	if by.Role != RolePatient {
		terms.Shared = false
	}
	if err := terms.check(); err != nil {
		return Goal{}, err
	}
	g := Goal{ID: id, PatientID: patientID, Status: GoalProposed, Milestones: []Milestone{},
		ProposedBy: AuthorOf(by), ProposedAt: now, ChangedAt: now, GoalTerms: terms}
	if by.Role == RolePatient {
		g.Status, g.AcceptedAt = GoalAccepted, &now
	}
	g.sign(GoalTerms{}, by)
	return g, nil
}

// normal makes equal what means the same.
func (t GoalTerms) normal() GoalTerms {
	if len(t.Barriers) == 0 {
		t.Barriers = nil
	}
	if len(t.Strengths) == 0 {
		t.Strengths = nil
	}
	return t
}

func (t GoalTerms) check() error {
	var c Checks
	c.Text("title", t.Title, 1, MaxGoalTitle)
	c.Text("why", t.Why, 0, MaxGoalWhy)
	c.Require(slices.Contains(GoalDomains, t.Domain), "domain", "unknown-domain", "Choose a part of life.")
	checkEntries(&c, "barriers", t.Barriers)
	checkEntries(&c, "strengths", t.Strengths)
	if t.Target != nil {
		t.Target.check(&c)
	}
	return c.Err()
}

func (t GoalTarget) check(c *Checks) {
	c.Text("target.measure", t.Measure, 1, MaxGoalTitle)
	c.Text("target.unit", t.Unit, 0, MaxGoalUnit)
	c.Require(t.Comparator == "" || slices.Contains(GoalComparators, t.Comparator), "target.comparator", "not-a-choice", "Choose <=, >= or =.")
	c.Require((t.Comparator == "") == (t.Value == nil), "target.value", "value-with-comparator", "A value and how it is meant go together.")
	if t.Value != nil {
		c.Require(math.Abs(*t.Value) <= MaxGoalValue, "target.value", "out-of-range", "Give a number from -1000000 to 1000000.")
	}
	c.Date("target.dueOn", t.DueOn)
}

func checkEntries(c *Checks, field string, entries []string) {
	c.Require(len(entries) <= MaxGoalEntries, field, "too-many", "Please keep it to 20.")
	for i, e := range entries {
		c.Text(Indexed(field, i), e, 1, maxGoalEntry)
	}
}

// Edit replaces the terms. Only the patient changes what is in their own words
// (title, why) once they accepted the goal, and only the patient shares it.
// Errors: KindInvalid, KindForbidden, KindConflict (the goal has ended).
func (g *Goal) Edit(terms GoalTerms, by Actor, now time.Time) error {
	if g.Status.Ended() {
		return errGoalEnded()
	}
	terms = terms.normal()
	if by.Role != RolePatient {
		if terms.Shared != g.Shared {
			return E(KindForbidden, "only-the-patient-shares", "Only the patient decides who sees this goal.")
		}
		if g.AcceptedAt != nil && (terms.Title != g.Title || terms.Why != g.Why) {
			return E(KindForbidden, "patients-own-words", "These are the patient's own words. Please talk it over and let them change it.")
		}
	}
	if err := terms.check(); err != nil {
		return err
	}
	before := g.GoalTerms
	g.GoalTerms, g.ChangedAt = terms, now.UTC().Truncate(time.Millisecond)
	g.sign(before, by)
	return nil
}

func errGoalEnded() error {
	return E(KindConflict, "goal-has-ended", "This goal has ended. Make a new one to go on.")
}
