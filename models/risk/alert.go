package risk

import (
	"slices"
	"time"

	"handrail/models/checkin"
)

// Status is where an alert stands.
type Status string

// The statuses. Only Resolved and Referred end an alert.
const (
	Open         Status = "open"         // it has an owner, who is asked when the clinic opens
	Notified     Status = "notified"     // the owner was called, at the alert's level
	Acknowledged Status = "acknowledged" // the owner said "I am handling this"; that is not done
	InContact    Status = "in-contact"   // the owner is in touch with the patient
	Resolved     Status = "resolved"
	Referred     Status = "referred"
	Unanswered   Status = "unanswered" // nobody of the chain answered; the fail-safe owns it and is called again
)

// Statuses lists every status.
var Statuses = []Status{Open, Notified, Acknowledged, InContact, Resolved, Referred, Unanswered}

// moves are the allowed ones. Notified and Unanswered repeat with each level or call.
var moves = map[Status][]Status{
	"":           {Open, Notified},
	Open:         {Open, Notified, Acknowledged},
	Notified:     {Notified, Acknowledged, Unanswered, Open},
	Unanswered:   {Unanswered, Notified, Acknowledged, Open},
	Acknowledged: {InContact, Resolved, Referred, Notified, Unanswered, Open},
	InContact:    {InContact, Resolved, Referred, Notified, Unanswered, Open},
	Resolved:     {Notified, Open}, // the same rule again
	Referred:     {Notified, Open},
}

// MayMove tells whether an alert may go from one status to another.
func MayMove(from, to Status) bool { return slices.Contains(moves[from], to) }

// Ended tells whether nothing is asked of anybody any more.
func (s Status) Ended() bool { return s == Resolved || s == Referred }

// handled tells whether somebody has said that they handle it.
func (s Status) handled() bool { return s == Acknowledged || s == InContact }

// The levels of the chain (risk reference, section 4). Alerts of before there were rotas
// have the fail-safe at level 4.
const (
	LevelAssigned   = 1 // who leads the patient's team, else another clinician of it
	LevelCover      = 2 // who covers for them, who is on duty, or another clinician of the team
	LevelLead       = 3
	LevelSupervisor = 4 // who is on duty as a supervisor
	LevelFailSafe   = 5
)

// Alert is a matter about one patient that one named person answers for (FHIR
// DetectedIssue, with the times of a Flag). Times are UTC.
type Alert struct {
	ID            string       `json:"id"`
	PatientID     string       `json:"patientId"`
	PatientName   string       `json:"patientName,omitempty"`
	Rule          string       `json:"rule"`
	Rules         []string     `json:"rules"`
	Tier          checkin.Tier `json:"tier"`
	Status        Status       `json:"status"`
	Level         int          `json:"level"`
	Owner         string       `json:"owner"`
	OwnerName     string       `json:"ownerName"`
	RaisedAt      time.Time    `json:"raisedAt"`
	FiredAt       time.Time    `json:"firedAt"`
	AskAt         time.Time    `json:"askAt"`
	AcknowledgeBy time.Time    `json:"acknowledgeBy"`
	ContactBy     time.Time    `json:"contactBy"`
	RepeatAt      time.Time    `json:"repeatAt,omitzero"`
	Combined      bool         `json:"combined,omitempty"`
	Drill         bool         `json:"drill,omitempty"` // about nobody: no patient, no supporters, not counted
	Outcome       *Outcome     `json:"outcome,omitempty"`
	Evidence      []Evidence   `json:"evidence,omitempty"`
	MoreEvidence  int          `json:"moreEvidence,omitempty"`
	History       []Step       `json:"history"`
}

// Evidence is what fired.
type Evidence struct {
	At      time.Time      `json:"at"`
	Rule    string         `json:"rule"`
	Version string         `json:"version"`
	Tier    checkin.Tier   `json:"tier"`
	Inputs  map[string]any `json:"inputs,omitempty"`
	Source  string         `json:"source"`
	Ref     string         `json:"ref,omitempty"`
	Words   string         `json:"words,omitempty"`
}

// The sources of evidence.
const (
	FromCheckIn = "check-in"
	FromPerson  = "person"
	FromMessage = "message"
	FromWorry   = "worry"   // of a supporter
	FromProgram = "program" // what did not come, or was missed
)

// Step is one thing that happened to an alert.
type Step struct {
	At    time.Time `json:"at"`
	What  string    `json:"what"`
	Level int       `json:"level,omitempty"`
	Who   string    `json:"who,omitempty"`
	Name  string    `json:"name,omitempty"`
	Code  string    `json:"code,omitempty"`
	Count int       `json:"count,omitempty"`
}

// What a Step says.
const (
	DidRaise       = "raised"
	DidFire        = "fired-again"
	DidRise        = "tier-rose"
	DidReopen      = "reopened"
	DidAsk         = "notified"
	DidRepeat      = "repeated"
	DidMove        = "owner-changed"
	DidHole        = "hole" // a level with nobody, or with somebody whom no channel reaches
	DidAcknowledge = "acknowledged"
	DidLate        = "acknowledged-late"
	DidContact     = "in-contact"
	DidResolve     = "resolved"
	DidRefer       = "referred"
	DidMiss        = "contact-missed"
	DidUnanswer    = "unanswered"
	DidHandOver    = "handed-over"
)

// Outcome is how an alert ended.
type Outcome struct {
	Code  string    `json:"code"`
	Note  string    `json:"note,omitempty"`
	Tries int       `json:"tries,omitempty"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Name  string    `json:"name"`
}

// Outcomes are the codes of how an alert ends (risk reference, section 4), and what an
// elevated or routine one needs besides.
var Outcomes = []string{"reached-safe", "plan-reviewed", "sent-to-ed", "welfare-check", "not-reached", "no-action-needed"}

// maxEvidence bounds what one alert lists; the check-ins themselves stay.
const maxEvidence = 100

func (a *Alert) addEvidence(e Evidence) {
	a.Evidence = append(slices.Clip(a.Evidence), e)
	if over := len(a.Evidence) - maxEvidence; over > 0 {
		a.Evidence, a.MoreEvidence = a.Evidence[over:], a.MoreEvidence+over
	}
	if !slices.Contains(a.Rules, e.Rule) {
		a.Rules = append(slices.Clip(a.Rules), e.Rule)
	}
	a.FiredAt = e.At
}

func (a *Alert) step(s Step) { a.History = append(slices.Clip(a.History), s) }

// Withheld tells whether an alert is third-party information: nothing that the patient can
// see says that there is one. It is never one with an alert of another matter.
func (a Alert) Withheld() bool { return a.Rule == WorryRule }

// ToldByPatient tells whether something that calls people at once is what the patient told
// themselves: in a check-in, a message, or as a side effect. What somebody else noticed, and
// what did not come, is not.
func (a Alert) ToldByPatient() bool {
	return slices.ContainsFunc(a.Evidence, func(e Evidence) bool {
		return e.Source == FromCheckIn || e.Source == FromMessage || e.Rule == EffectRule || e.Rule == DyingRule
	})
}

// Due is when something happens to an alert unless somebody acts first. Only an ended
// one has none.
func (a Alert) Due() time.Time {
	switch a.Status {
	case Open:
		return a.AskAt
	case Notified:
		due := a.AcknowledgeBy
		if Pages(a.Tier) && !a.RepeatAt.IsZero() && a.RepeatAt.Before(due) {
			due = a.RepeatAt
		}
		if !a.ContactBy.IsZero() && a.ContactBy.Before(due) { // a hand-over begins the other clock anew, and not this one
			due = a.ContactBy
		}
		return due
	case Unanswered:
		return a.RepeatAt
	case Acknowledged, InContact:
		return a.ContactBy
	}
	return time.Time{}
}
