// Package careplan knows the rules of the one plan that a patient and their whole team
// share (FHIR CarePlan): what stands in it, how changes are merged, when it is agreed,
// and who may do what. It is pure. It is not the crisis plan, which is package
// crisisplan.
package careplan

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/task"
)

// Kind says what an item of a plan is.
type Kind string

// The kinds.
const (
	Problem   Kind = "problem"
	Goal      Kind = "goal" // a link to a goal of the record; what it says stands there
	Activity  Kind = "activity"
	Step      Kind = "relapse-prevention-step"
	Checklist Kind = "safety-checklist"
	Guideline Kind = "guideline"
)

// Kinds lists them, in the order in which a plan is read.
var Kinds = []Kind{Goal, Problem, Activity, Step, Checklist, Guideline}

// Status is where an item stands (FHIR CarePlanActivityStatus, those that we use).
type Status string

// The statuses. The last three end an item.
const (
	Active    Status = "in-progress"
	OnHold    Status = "on-hold"
	Completed Status = "completed"
	Cancelled Status = "cancelled"
	Mistake   Status = "entered-in-error"
)

// Statuses lists them.
var Statuses = []Status{Active, OnHold, Completed, Cancelled, Mistake}

// Ended tells whether nobody has to do anything for the item any more.
func (s Status) Ended() bool { return s == Completed || s == Cancelled || s == Mistake }

// ProblemDomains are what a problem can be of. Chronic conditions stand beside the others.
var ProblemDomains = []string{"psychiatric", "substance-use", "chronic-condition", "social"}

// Areas are the four that a whole plan looks at (bio-psycho-social-spiritual).
var Areas = []string{"body", "mind", "life", "meaning"}

// Check is one line of a checklist, or a point that a guideline asks for. On and By are
// written when it is ticked, never taken from who sends it.
type Check struct {
	Text  string         `json:"text"`
	Done  bool           `json:"done,omitempty"`
	Point string         `json:"point,omitempty"` // id of the point of a guideline of the site
	On    string         `json:"on,omitempty"`    // the patient's day on which it was ticked
	By    *models.Author `json:"by,omitempty"`    // who ticked it
}

// Terms are what can be written about an item. Dates are YYYY-MM-DD.
type Terms struct {
	Kind       Kind       `json:"kind"`
	Title      string     `json:"title,omitempty"`
	Domain     string     `json:"domain,omitempty"`   // of a problem
	Areas      []string   `json:"areas,omitempty"`    // none: those of the activity
	GoalID     string     `json:"goalId,omitempty"`   // of a goal
	Activity   string     `json:"activity,omitempty"` // code of the catalogue
	For        []string   `json:"for,omitempty"`      // ids of problems and goals of this plan
	Why        string     `json:"why,omitempty"`      // the patient's words
	DoneWhen   string     `json:"doneWhen,omitempty"`
	StartOn    string     `json:"startOn,omitempty"`
	EndOn      string     `json:"endOn,omitempty"`
	ReviewOn   string     `json:"reviewOn,omitempty"` // when its lead looks at it again
	Supporters []string   `json:"supporters,omitempty"`
	Checks     []Check    `json:"checks,omitempty"`
	Source     string     `json:"source,omitempty"`    // of a guideline: who publishes it
	Edition    string     `json:"edition,omitempty"`   // of a guideline: which version
	Advises    []string   `json:"advises,omitempty"`   // of a guideline: activities of the catalogue that it advises
	Against    []string   `json:"against,omitempty"`   // of a guideline: those that it advises against
	Guideline  string     `json:"guideline,omitempty"` // of a guideline: which one of the site
	Follows    []string   `json:"follows,omitempty"`   // of an activity or a step: guidelines of this plan
	Expect     []Expected `json:"expect,omitempty"`    // what the team thinks will be so, by when
	Safety     bool       `json:"safety,omitempty"`    // it can't wait until the plan is agreed
	Status     Status     `json:"status"`
}

// Open tells whether somebody has to answer for the item.
func (t Terms) Open() bool { return !t.Status.Ended() }

// Mark says in which version a field last changed, and by whom.
type Mark struct {
	Version int64         `json:"version"`
	By      models.Author `json:"by"`
}

// Item is one thing of a plan. Who leads it is the owner of its task: there is no second
// record of it that could say something else.
type Item struct {
	ID string `json:"id"`
	Terms
	Fields  map[string]Mark `json:"fields"` // by the JSON name of a field
	AddedAt time.Time       `json:"addedAt"`
	AddedBy models.Author   `json:"addedBy"`
	Opened  int             `json:"opened"` // how often it was begun: each has a task of its own
	Useful  Useful          `json:"useful,omitzero"`
}

// About is what everybody sees on top of every view, written once.
type About struct {
	Preferences []string `json:"preferences,omitempty"`
	Fears       []string `json:"fears,omitempty"`
	Barriers    []string `json:"barriers,omitempty"`
	Strengths   []string `json:"strengths,omitempty"`
}

// Plan is one patient's. Version counts what it says, from 1, which is the empty one.
type Plan struct {
	PatientID   string          `json:"patientId"`
	Version     int64           `json:"version"`
	ChangedAt   time.Time       `json:"changedAt,omitzero"`
	About       About           `json:"about"`
	AboutFields map[string]Mark `json:"aboutFields,omitempty"`
	Items       []Item          `json:"items"`
	Answers     []Answer        `json:"answers,omitempty"`
	Agreed      int64           `json:"agreed,omitempty"` // the version that was last agreed; 0: none
}

// New is the plan of somebody for whom nothing was written yet.
func New(patientID string) Plan { return Plan{PatientID: patientID, Version: 1, Items: []Item{}} }

// Item finds one by its id.
func (p Plan) Item(id string) (Item, bool) {
	i := p.index(id)
	if i < 0 {
		return Item{}, false
	}
	return p.Items[i], true
}

func (p Plan) index(id string) int {
	return slices.IndexFunc(p.Items, func(i Item) bool { return i.ID == id })
}

// Limits of a plan, texts in characters.
const (
	MaxItems   = 200
	MaxAtOnce  = 25 // items in one change
	MaxTitle   = 200
	MaxText    = 1000
	MaxReason  = 500
	MaxEntries = 20 // of each part of About, checks, supporters, what an item is for
	MaxEntry   = 300
)

// FocusItem is the type of what a task about an item of a plan is about.
const FocusItem = task.FocusPlanItem
