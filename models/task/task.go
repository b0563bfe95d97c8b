// Package task knows the rules of what a person must do (FHIR Task): who answers for it,
// who was asked to, until when, and which moves are allowed. It is pure.
package task

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

// Status is where a task stands (FHIR TaskStatus, those that we use).
type Status string

// The statuses. Only Completed and Cancelled end a task.
const (
	Requested  Status = "requested" // somebody was asked, or it waits in a pool; nobody has accepted it
	Accepted   Status = "accepted"  // its owner said "I do it"
	Rejected   Status = "rejected"  // who was asked said no; it stays its owner's
	InProgress Status = "in-progress"
	Completed  Status = "completed"
	Cancelled  Status = "cancelled"
)

// Statuses lists every status.
var Statuses = []Status{Requested, Accepted, Rejected, InProgress, Completed, Cancelled}

// moves are the allowed ones. To Requested leads what takes a task from its owner: they
// left, or may not see it any more.
var moves = map[Status][]Status{
	"":         {Requested, Accepted},
	Requested:  {Requested, Accepted, Rejected, InProgress, Completed, Cancelled},
	Rejected:   {Requested, Accepted, InProgress, Completed, Cancelled},
	Accepted:   {Accepted, InProgress, Completed, Cancelled, Requested},
	InProgress: {InProgress, Accepted, Completed, Cancelled, Requested},
}

// MayMove tells whether a task may go from one status to another.
func MayMove(from, to Status) bool { return slices.Contains(moves[from], to) }

// Ended tells whether nothing is asked of anybody any more.
func (s Status) Ended() bool { return s == Completed || s == Cancelled }

// Priority is how soon (FHIR RequestPriority, those that something reads).
type Priority string

// The priorities.
const (
	Routine Priority = "routine"
	Urgent  Priority = "urgent" // before what is routine
	ASAP    Priority = "asap"   // today
)

// Priorities lists them.
var Priorities = []Priority{Routine, Urgent, ASAP}

// Pool is a line of people of whom anybody may claim a task.
type Pool string

// The pools.
const (
	PoolTeam           Pool = "care-team" // of the task's patient
	PoolClinicians     Pool = "clinicians"
	PoolCoordinators   Pool = "coordinators"
	PoolAdministrators Pool = "administrators"
)

// OnDuty is who is on duty now by the rotas: no pool, for the work is theirs at once.
const OnDuty Pool = "on-duty"

// Pools lists them.
var Pools = []Pool{PoolTeam, PoolClinicians, PoolCoordinators, PoolAdministrators}

// Of tells whether people of a role claim from the pool. Of PoolTeam it is the chart
// that says who of them does.
func (p Pool) Of(r models.Role) bool {
	switch p {
	case PoolTeam:
		return r == models.RoleClinician || r == models.RoleCoordinator
	case PoolClinicians:
		return r == models.RoleClinician
	case PoolCoordinators:
		return r == models.RoleCoordinator
	case PoolAdministrators:
		return r == models.RoleAdministrator
	}
	return false
}

// Reference names what a task is about or follows from (FHIR Reference): a type of FHIR
// or ours, and an id.
type Reference struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Codes of tasks that the program makes; one that a person makes has CodeOther.
const (
	CodeOther     = "other"
	CodeDeclined  = "visit-declined"
	CodeNoShow    = "visit-missed"
	CodeUnreached = "reminder-unreached"
	CodePlanOld   = "plan-old-on-phone"
	CodePlanLead  = "care-plan-lead"   // to lead an item of the care plan
	CodePlanLook  = "care-plan-review" // to look at the care plan together with the patient

	CodeReferral = "referral"    // a referral until what came of it is known
	CodeNeed     = "social-need" // the patient said that they want help with a need

	CodeMedicineChanged = "medicine-changed" // another prescriber changed the list
	CodeMedicinePair    = "medicine-pair"    // what was told does not go with what is taken
	CodeMedicineReview  = "medicines-review" // go through the list
	CodeMedicineDiffers = "medicines-differ" // somebody went through it, and it is not what is taken

	CodeTaperSecond = "taper-second" // a second prescriber is to sign a plan of steps
	CodeTaperReview = "taper-review" // a plan of steps was stopped or held at once
	CodeTaperWish   = "taper-wish"   // the patient took back their wish to taper
	CodeRefill      = "medicine-refill"

	CodeAgreement  = "prescribing-agreement" // to sign an agreement, or say why not
	CodeDuty       = "prescribing-duty"      // to look after what an agreement says
	CodeSign       = "relapse-sign"          // an early sign of an agreement was noticed
	CodeSideEffect = "side-effect"           // a patient told of one

	CodeHandoff     = "handoff"      // to take over the care of a patient; it ends with the handoff
	CodeHandoffCall = "handoff-call" // to call somebody who went to another setting
	CodeDecision    = "decision"     // what a meeting decided
	CodeMeetingTell = "meeting-tell" // to tell the patient the same day what was decided

	CodeIntake        = "intake-section" // to ask one part of an intake
	CodeIntakeComment = "intake-comment" // the patient said something to what was written down
	CodeProgramme     = "programme-join" // to put the patient into a programme that was chosen
	CodeFollowUp      = "follow-up"      // to see somebody who has left
	CodeFollowMissed  = "follow-up-missed"
	CodePeerAsked     = "peer-asked" // to answer a patient who asks a peer

	CodeTeamEnd      = "team-end"     // to say whether somebody leaves the team
	CodeDisagreement = "disagreement" // to bring what a team does not agree on to an end

	CodeMinorRule  = "minor-rule"        // to sign a rule for minors second, or say why not
	CodeRuleReview = "alert-rule-review" // to look at a rule of alerts about which nearly nothing is done
)

// Codes lists them: what follows later (referrals) adds its own.
var Codes = []string{CodeOther, CodeDeclined, CodeNoShow, CodeUnreached, CodePlanOld, CodePlanLead, CodePlanLook,
	CodeMedicineChanged, CodeMedicinePair, CodeMedicineReview, CodeMedicineDiffers, CodeTaperSecond, CodeTaperReview, CodeTaperWish, CodeRefill, CodeAgreement, CodeDuty, CodeSign, CodeSideEffect, CodeHandoff, CodeHandoffCall, CodeDecision, CodeMeetingTell, CodeReferral, CodeNeed,
	CodeIntake, CodeIntakeComment, CodeProgramme, CodeFollowUp, CodeFollowMissed, CodePeerAsked, CodeTeamEnd, CodeDisagreement, CodeMinorRule, CodeRuleReview}

// Person is somebody of the clinic.
type Person struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
}

// Task is one thing that a person must do. While it is open it has exactly one owner,
// who answers for it, and an instant at which somebody is reminded. Times are UTC.
type Task struct {
	ID          string      `json:"id"`
	Code        string      `json:"code"`
	Text        string      `json:"text,omitempty"`
	PatientID   string      `json:"patientId,omitempty"`
	PatientName string      `json:"patientName,omitempty"`
	Focus       *Reference  `json:"focus,omitempty"`
	BasedOn     []Reference `json:"basedOn,omitempty"`
	Priority    Priority    `json:"priority"`
	Status      Status      `json:"status"`
	Requester   Person      `json:"requester"`
	Owner       Person      `json:"owner"`
	Asked       *Person     `json:"asked,omitempty"`
	Pool        Pool        `json:"pool,omitempty"`
	AuthoredAt  time.Time   `json:"authoredAt"`
	ModifiedAt  time.Time   `json:"modifiedAt"`
	DueAt       time.Time   `json:"dueAt"`
	RemindAt    time.Time   `json:"remindAt"`
	ShiftEnds   time.Time   `json:"shiftEnds,omitzero"` // when who is on duty may change; zero for what nobody has by being on duty, and what was begun
	Reminders   int         `json:"reminders,omitempty"`
	Outcome     *Outcome    `json:"outcome,omitempty"`
	History     []Step      `json:"history"`
}

// Outcome is how a task ended.
type Outcome struct {
	Note string    `json:"note,omitempty"`
	At   time.Time `json:"at"`
	By   Person    `json:"by"`
}

// Step is one thing that happened to a task.
type Step struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
	By   string    `json:"by,omitempty"`
	Name string    `json:"name,omitempty"`
	To   string    `json:"to,omitempty"`
	Note string    `json:"note,omitempty"`
}

// What a Step says.
const (
	DidMake     = "made"
	DidAsk      = "asked"
	DidPool     = "pooled"
	DidAccept   = "accepted"
	DidDuty     = "given-on-duty" // by being on duty, without a yes of theirs
	DidShift    = "shift-changed" // their duty ended before they had begun: it is that of who is on duty now
	DidClaim    = "claimed"
	DidReject   = "rejected"
	DidWithdraw = "withdrawn" // who was asked may not hold it any more, or the owner does it themselves
	DidStart    = "started"
	DidComplete = "completed"
	DidCancel   = "cancelled"
	DidMove     = "owner-changed" // the owner left, or may not see it any more
)

// View is a task as one reader may see it.
type View struct {
	Task
	Whole    bool `json:"whole"`
	Mine     bool `json:"mine"`
	ForMe    bool `json:"forMe"`
	MayClaim bool `json:"mayClaim"`
	Overdue  bool `json:"overdue"`
	// Unreachable: no channel reaches whom it asks.
	Unreachable bool `json:"unreachable,omitempty"`
}

// Section is the part of the chart that a task is about: who may read it reads the
// task's text.
func (t Task) Section() models.Section {
	if t.Focus != nil {
		switch t.Focus.Type {
		case FocusAlert, "check-in", "DetectedIssue":
			return models.SectionCheckIns
		case "goal", "Goal":
			return models.SectionGoals
		case "crisis-plan":
			return models.SectionCrisisPlan
		case FocusPlanItem, "CarePlan", FocusHandoff, FocusDecision, FocusMeeting, FocusEpisode, FocusDisagreement:
			return models.SectionCarePlan
		case FocusReferral:
			return models.SectionReferrals
		case FocusMedicine, FocusSideEffect:
			return models.SectionMedicines
		case FocusUseMedicine, FocusUseSideEffect, FocusAgreement, FocusDuty:
			return models.SectionUseMedicines
		}
	}
	if t.Code == CodeMedicineReview || t.Code == CodeMedicineDiffers {
		return models.SectionMedicines
	}
	if t.Code == CodeNeed {
		return models.SectionReferrals
	}
	if t.Code == CodePlanOld {
		return models.SectionCrisisPlan
	}
	return models.SectionAppointments
}

// The types of a reference to an alert, and to an item of a care plan.
const (
	FocusAlert     = "alert"
	FocusRule      = "alert-rule"
	FocusMinorRule = "minor-rule"
	FocusPlanItem  = "care-plan-item"
	FocusReferral  = "ServiceRequest"
)

// The types of a reference to a handoff, a decision of a meeting, a meeting about a patient,
// and what a team does not agree on.
const (
	FocusHandoff      = "handoff"
	FocusDecision     = "decision"
	FocusMeeting      = "meeting"
	FocusDisagreement = "disagreement"
)

// The types of a reference to an episode, and to a section of its intake.
const (
	FocusEpisode     = "EpisodeOfCare"
	RefIntakeSection = "intake-section"
)

// The types of a reference to a line of the list of medicines: one that tells of
// substance use is a part of the chart of its own.
const (
	FocusMedicine    = "medicine"
	FocusUseMedicine = "use-medicine"
)

// The types of a reference to an agreement of prescribers and to a duty of it, and to a
// side effect that was told.
const (
	FocusAgreement     = "prescribing-agreement"
	FocusDuty          = "prescribing-duty"
	FocusSideEffect    = "side-effect"
	FocusUseSideEffect = "use-side-effect"
)

// endsElsewhere are the codes of tasks that end with what they are about, and where.
var endsElsewhere = map[string]error{
	CodePlanLead:    models.E(models.KindConflict, "ends-with-the-plan", "This ends when its part of the care plan ends. Change it there."),
	CodeDuty:        models.E(models.KindConflict, "ends-with-a-result", "This ends with its result. Write it down in the agreement."),
	CodeAgreement:   models.E(models.KindConflict, "ends-with-a-signature", "This ends when you sign the agreement, or end it."),
	CodeHandoff:     models.E(models.KindConflict, "ends-elsewhere", "This ends with its handoff. Open that."),
	CodeMeetingTell: models.E(models.KindConflict, "ends-elsewhere", "This ends when you tell the patient what the meeting decided."),
	CodeIntake:      models.E(models.KindConflict, "ends-elsewhere", "This ends when the part of the intake is done. Open that."),
	CodeFollowUp:    models.E(models.KindConflict, "ends-elsewhere", "This ends when you write down what came of it. Open the way out."),
	CodeMinorRule:   models.E(models.KindConflict, "ends-elsewhere", "This ends when the rule is signed, or ended. Open the rules for minors."),
	CodeTeamEnd:     models.E(models.KindConflict, "ends-elsewhere", "This ends when you say yes or no. Open the team."),
	CodePeerAsked:   models.E(models.KindConflict, "ends-elsewhere", "This ends when you answer. Open who asks for you."),
	CodeSideEffect:  models.E(models.KindConflict, "ends-with-an-answer", "This ends when somebody writes what came of the side effect."),
}

// About tells whether what the task is about is this.
func (t Task) About(kind, id string) bool {
	return t.Focus != nil && t.Focus.Type == kind && t.Focus.ID == id
}

// Based is the id of what a task follows from of a type; "" for none.
func (t Task) Based(kind string) string {
	for _, r := range t.BasedOn {
		if r.Type == kind {
			return r.ID
		}
	}
	return ""
}

// Overdue tells whether an open task should have been done.
func (t Task) Overdue(now time.Time) bool { return !t.Status.Ended() && now.After(t.DueAt) }

// Tier is how soon a task asks for somebody beside alerts: it stands below any alert of
// the same tier. What is overdue is one step up.
func (t Task) Tier(now time.Time) checkin.Tier {
	late := t.Overdue(now)
	switch {
	case t.Priority == ASAP, t.Priority == Urgent && late:
		return checkin.Urgent
	case t.Priority == Urgent, late:
		return checkin.Elevated
	}
	return checkin.Routine
}
