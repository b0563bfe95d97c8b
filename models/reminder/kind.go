package reminder

import (
	"time"

	"handrail/models"
)

// Kind says what an occurrence is about. It stays on the server: what leaves for
// a provider is only the Class.
type Kind string

// The kinds.
const (
	CheckIn        Kind = "check-in"
	VisitConfirmed Kind = "visit-confirmed"
	VisitAhead     Kind = "visit-ahead" // the day before
	VisitSoon      Kind = "visit-soon"  // the hour before
	VisitNow       Kind = "visit-now"   // ten minutes before; the app shows the link after sign-in
	Milestone      Kind = "goal-milestone"
	PlanReview     Kind = "crisis-plan-review"
	PlanRehearsal  Kind = "crisis-plan-rehearsal"
	NaloxoneExpiry Kind = "naloxone-expiry"
	MedicineTime   Kind = "medicine-time"
	Education      Kind = "education-module"
	News           Kind = "something-new" // a use case has something to look at
	Gathered       Kind = "digest"        // one prompt for several of the day
	TeamAlarm      Kind = "team-alarm"    // to staff: quiet hours and the cap do not hold it back
	HelpCall       Kind = "call-for-help" // to a supporter, as the patient signed it: quiet hours and the cap do not hold it back
)

// Class is all that a provider, a lock screen or an e-mail may learn of a Kind.
type Class string

// The classes. Each has one neutral text a language.
const (
	ClassTime Class = "time" // it is time for something planned
	ClassSoon Class = "soon" // something planned begins soon
	ClassLook Class = "look" // there is something to look at
	ClassNow  Class = "now"  // somebody is needed at once
)

// QuietRule says what becomes of an occurrence that falls into quiet hours.
type QuietRule string

// The rules for quiet hours.
const (
	QuietWait QuietRule = "wait" // it comes when they end
	QuietSkip QuietRule = "skip" // it stays in the inbox, nothing is said
	QuietPass QuietRule = "pass" // it comes all the same
)

// QuietRules lists them.
var QuietRules = []QuietRule{QuietWait, QuietSkip, QuietPass}

// Step is one try to reach a person. Steps follow each other until a receipt
// comes, or are taken at once.
type Step string

// The steps.
const (
	StepPush   Step = "push"   // FCM and Web Push, to all of the person's devices
	StepLocal  Step = "local"  // the phone's own alarm, from the days that it fetched ahead
	StepEmail  Step = "email"  // if an address is confirmed
	StepSMS    Step = "sms"    // if the person opted in
	StepPerson Step = "person" // a task for somebody of the team
)

// Steps lists every step in the order in which they may stand.
var Steps = []Step{StepPush, StepLocal, StepEmail, StepSMS, StepPerson}

// Traits are a kind's defaults.
type Traits struct {
	Class  Class
	Useful time.Duration // after this it is not sent any more
	Rank   int           // who goes first when the cap is reached; 0 is above the cap
	Quiet  QuietRule
	Urgent bool   // may wake a phone that dozes
	AtOnce bool   // all steps are taken at once, and none waits for a receipt of another
	Digest bool   // gathered into one prompt a day
	Time   string // local time of day, where the rule gives none
	Steps  []Step
}

var (
	pushOnly  = []Step{StepPush, StepLocal}
	pushEmail = []Step{StepPush, StepLocal, StepEmail}
)

var traits = map[Kind]Traits{
	VisitNow:       {Class: ClassSoon, Useful: 15 * time.Minute, Rank: 1, Quiet: QuietPass, Urgent: true, Steps: pushOnly},
	VisitSoon:      {Class: ClassSoon, Useful: time.Hour, Rank: 1, Quiet: QuietPass, Urgent: true, Steps: pushOnly},
	MedicineTime:   {Class: ClassTime, Useful: 3 * time.Hour, Rank: 2, Quiet: QuietPass, Urgent: true, Time: "09:00", Steps: pushOnly},
	VisitConfirmed: {Class: ClassLook, Useful: 24 * time.Hour, Rank: 3, Quiet: QuietWait, Steps: pushEmail},
	VisitAhead:     {Class: ClassSoon, Useful: 20 * time.Hour, Rank: 3, Quiet: QuietWait, Urgent: true, Steps: pushEmail},
	CheckIn:        {Class: ClassTime, Useful: 4 * time.Hour, Rank: 4, Quiet: QuietWait, Urgent: true, Time: "09:00", Steps: pushOnly},
	News:           {Class: ClassLook, Useful: 24 * time.Hour, Rank: 5, Quiet: QuietWait, Urgent: true, Steps: pushOnly},
	NaloxoneExpiry: {Class: ClassLook, Useful: 12 * time.Hour, Rank: 6, Quiet: QuietWait, Time: "10:00", Steps: pushEmail},
	PlanReview:     {Class: ClassLook, Useful: 12 * time.Hour, Rank: 6, Quiet: QuietWait, Digest: true, Time: "10:00", Steps: pushOnly},
	PlanRehearsal:  {Class: ClassLook, Useful: 12 * time.Hour, Rank: 7, Quiet: QuietWait, Digest: true, Time: "10:00", Steps: pushOnly},
	Milestone:      {Class: ClassLook, Useful: 12 * time.Hour, Rank: 7, Quiet: QuietWait, Digest: true, Time: "10:00", Steps: pushOnly},
	Gathered:       {Class: ClassLook, Useful: 6 * time.Hour, Rank: 7, Quiet: QuietWait, Time: "17:00", Steps: pushOnly},
	Education:      {Class: ClassLook, Useful: 12 * time.Hour, Rank: 8, Quiet: QuietSkip, Digest: true, Time: "10:00", Steps: pushOnly},
	TeamAlarm:      {Class: ClassNow, Useful: 12 * time.Hour, Quiet: QuietPass, Urgent: true, AtOnce: true, Steps: []Step{StepPush, StepEmail, StepSMS}},
	HelpCall:       {Class: ClassNow, Useful: 12 * time.Hour, Quiet: QuietPass, Urgent: true, Steps: []Step{StepPush, StepPerson}},
}

// Kinds lists every kind that a rule may have, the most important first.
var Kinds = []Kind{TeamAlarm, HelpCall, VisitNow, VisitSoon, MedicineTime, VisitConfirmed, VisitAhead, CheckIn, News,
	NaloxoneExpiry, PlanReview, PlanRehearsal, Milestone, Education}

// Offered are the kinds about which a person of a role can choose: those that
// something plans for them. A choice that nothing reads is not offered.
func Offered(to models.Role) []Kind {
	switch to {
	case models.RolePatient:
		return []Kind{VisitNow, VisitSoon, MedicineTime, VisitConfirmed, VisitAhead, CheckIn, News, NaloxoneExpiry, PlanReview, PlanRehearsal, Milestone}
	case models.RoleSupporter:
		return []Kind{VisitNow, VisitSoon, MedicineTime, VisitConfirmed, VisitAhead, News}
	case models.RoleInterpreter, models.RoleClinician:
		return []Kind{VisitNow, VisitSoon, VisitConfirmed, VisitAhead, News}
	}
	return []Kind{News}
}

// Traits are the kind's defaults; the zero Traits for a kind that is none.
func (k Kind) Traits() Traits { return traits[k] }

// Valid tells whether a rule may be of this kind. Gathered is made by Plan alone.
func (k Kind) Valid() bool { return k != Gathered && traits[k].Class != "" }

// above tells whether quiet hours, pauses and the cap leave the kind alone.
func (k Kind) above() bool { return traits[k].Rank == 0 }
