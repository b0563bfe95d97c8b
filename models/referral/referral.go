// Package referral knows the rules of a referral to a partner outside of the clinic (FHIR
// ServiceRequest and Task): its states, who moves it, and until when the next move is due.
// The states are those of the SDOH Clinical Care guide (ValueSet SDOHCC Referral Task
// Status, STU 2.3), which leaves "ready" and "received" out. It is pure.
package referral

import (
	"slices"
	"time"

	"handrail/models"
)

// Status is where a referral stands.
type Status string

// The statuses.
const (
	Draft      Status = "draft"     // the patient has not signed: nothing has gone out
	Requested  Status = "requested" // the partner is asked
	Accepted   Status = "accepted"
	Rejected   Status = "rejected"
	InProgress Status = "in-progress"
	OnHold     Status = "on-hold"
	Completed  Status = "completed"
	Cancelled  Status = "cancelled"
	Failed     Status = "failed"
)

// Statuses lists them.
var Statuses = []Status{Draft, Requested, Accepted, Rejected, InProgress, OnHold, Completed, Cancelled, Failed}

// Ended tells whether nothing more is asked of the partner.
func (s Status) Ended() bool {
	return s == Rejected || s == Completed || s == Cancelled || s == Failed
}

// Held tells whether the partner said yes: it takes one of their places.
func (s Status) Held() bool { return s == Accepted || s == InProgress || s == OnHold }

// byPartner are the moves of the partner; to Cancelled lead those of the clinic and the
// patient alone, from all that is open.
var byPartner = map[Status][]Status{
	Requested:  {Accepted, Rejected},
	Accepted:   {Accepted, InProgress, OnHold, Completed, Failed},
	InProgress: {InProgress, OnHold, Completed, Failed},
	OnHold:     {OnHold, InProgress, Completed, Failed},
}

// PartnerStatuses are those to which a partner moves a referral.
var PartnerStatuses = []Status{Accepted, Rejected, InProgress, OnHold, Completed, Failed}

// Needs are what a person can need that no clinic gives (the domains of the Gravity
// project, in our words).
var Needs = []string{"housing", "food", "work", "legal", "transport", "safety", "company"}

// Limits of a referral; texts in characters.
const (
	MaxWords     = 2000
	MaxName      = 200
	MaxCapacity  = 10000
	MaxReplyDays = 60
	MaxOf        = 200 // referrals of one patient
	MaxHistory   = 100
	maxBooked    = 366 * 24 * time.Hour
)

// Content is exactly what goes to the partner, as the patient saw it before they signed.
type Content struct {
	Name          string `json:"name,omitempty"`  // left out: the partner does not learn it
	Phone         string `json:"phone,omitempty"` // E.164
	Need          string `json:"need"`
	Words         string `json:"words"`
	From          string `json:"from"` // the clinic's name alone tells what kind of care it gives
	Notice        string `json:"notice"`
	NoticeVersion string `json:"noticeVersion"`
}

// Notice is the short statement of 42 CFR 2.32(a) that goes with what is disclosed.
const Notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

// Said is what came of it, in somebody's own words.
type Said struct {
	Helped string    `json:"helped,omitempty"` // of the patient: one of Helps
	Words  string    `json:"words,omitempty"`
	At     time.Time `json:"at"`
}

// Helps are the patient's answers.
var Helps = []string{"yes", "partly", "no"}

// Step is one thing that happened. Side is who did it: patient, clinic or partner.
type Step struct {
	At     time.Time `json:"at"`
	Status Status    `json:"status"`
	Side   string    `json:"side"`
	Words  string    `json:"words,omitempty"`
}

// The sides of a Step.
const (
	ByPatient = "patient"
	ByClinic  = "clinic"
	ByPartner = "partner"
)

// Referral is one request to one partner about one need.
type Referral struct {
	ID          string        `json:"id"`
	PatientID   string        `json:"patientId"`
	PartnerID   string        `json:"partnerId"`
	PartnerName string        `json:"partnerName"`
	Sent        Content       `json:"sent"`
	Status      Status        `json:"status"`
	DueAt       time.Time     `json:"dueAt"` // of the next move, or of what the owner does about its end
	TaskID      string        `json:"taskId"`
	ConsentID   string        `json:"consentId,omitempty"`
	BookedFor   *time.Time    `json:"bookedFor,omitempty"`
	Attended    *bool         `json:"attended,omitempty"`
	Outcome     *Said         `json:"outcome,omitempty"`        // the partner's
	Own         *Said         `json:"patientOutcome,omitempty"` // the patient's
	MadeAt      time.Time     `json:"madeAt"`
	By          models.Author `json:"by"`
	ReplyDays   int           `json:"replyDays"`
	History     []Step        `json:"history"`
}

// Order is what somebody of the team asks for.
type Order struct {
	PartnerID string
	Need      string
	Words     string
	Name      bool // the patient's name goes with it
	Phone     bool
	To        string // account that is asked to own it; "": the maker
}

// Check says what is wrong with an order. Errors: KindInvalid with fields.
func (o Order) Check() error {
	var c models.Checks
	c.Require(slices.Contains(Needs, o.Need), "need", "not-a-choice", "Choose one of those that are offered.")
	c.Text("words", o.Words, 1, MaxWords)
	return c.Err()
}

// Move is a partner's next step.
type Move struct {
	Status    Status
	Words     string
	BookedFor *time.Time
	Attended  *bool
}

// Check says what is wrong with a partner's move. Errors: KindInvalid with fields.
func (m Move) Check(now time.Time) error {
	var c models.Checks
	c.Require(slices.Contains(PartnerStatuses, m.Status), "status", "not-a-choice", "Choose one of those that are offered.")
	least := 0
	if m.Status.Ended() || m.Status == OnHold {
		least = 1
	}
	c.Text("words", m.Words, least, MaxWords)
	if m.BookedFor != nil {
		c.Require(m.BookedFor.After(now), "bookedFor", "in-the-past", "Give a time that is still to come.")
		c.Require(m.BookedFor.Sub(now) <= maxBooked, "bookedFor", "too-far", "Give a time within a year.")
		c.Require(m.Status == Accepted || m.Status == InProgress, "bookedFor", "not-now", "Give a date with a yes, or while it goes on.")
	}
	c.Require(m.Attended == nil || m.Status == Completed || m.Status == Failed || m.Status == InProgress, "attended", "not-now", "Say it once they could have come.")
	c.Require(m.Status != Completed || m.Attended != nil, "attended", "required", "Say if they came.")
	return c.Err()
}

// Moved is the referral after the partner's move; the same move again changes nothing.
//
// Errors: KindConflict "not-from-here".
func (r Referral) Moved(m Move, now time.Time) (Referral, error) {
	same := r.Status == m.Status && (m.BookedFor == nil || r.BookedFor != nil && r.BookedFor.Equal(*m.BookedFor)) && (m.Attended == nil || r.Attended != nil && *r.Attended == *m.Attended) &&
		(m.Words == "" || r.lastWords() == m.Words)
	if same {
		return r, nil
	}
	if !slices.Contains(byPartner[r.Status], m.Status) || len(r.History) >= MaxHistory && !m.Status.Ended() {
		return r, models.E(models.KindConflict, "not-from-here", "This can't be done from where the referral stands.")
	}
	if m.BookedFor != nil {
		at := m.BookedFor.UTC().Truncate(time.Second)
		r.BookedFor = &at
	}
	if m.Attended != nil {
		r.Attended = m.Attended
	}
	if m.Status.Ended() {
		r.Outcome = &Said{Words: m.Words, At: now.UTC()}
	}
	return r.step(m.Status, ByPartner, m.Words, now), nil
}

func (r Referral) lastWords() string {
	if len(r.History) == 0 {
		return ""
	}
	return r.History[len(r.History)-1].Words
}

// Signed sends it out: the patient signed a consent to exactly this.
func (r Referral) Signed(consentID string, now time.Time) Referral {
	r.ConsentID = consentID
	return r.step(Requested, ByPatient, "", now)
}

// Stopped calls it off from whatever is open.
func (r Referral) Stopped(side, words string, now time.Time) Referral {
	return r.step(Cancelled, side, words, now)
}

func (r Referral) step(s Status, side, words string, now time.Time) Referral {
	now = now.UTC().Truncate(time.Millisecond)
	r.Status = s
	r.DueAt = r.due(now)
	r.History = append(slices.Clone(r.History), Step{now, s, side, words})
	return r
}

const day = 24 * time.Hour

// due is until when the next move is due. Of one that ended without help it is when its
// owner should have found another way.
func (r Referral) due(now time.Time) time.Time {
	switch r.Status {
	case Requested:
		return now.Add(time.Duration(r.ReplyDays) * day)
	case Rejected, Failed, Cancelled:
		return now.Add(2 * day)
	case InProgress, Accepted:
		if r.BookedFor != nil && r.BookedFor.After(now) {
			return r.BookedFor.Add(day)
		}
		return now.Add(7 * day)
	}
	return now.Add(14 * day)
}

// Begin makes a referral that waits for the patient's signature.
func Begin(id, patientID string, p Partner, sent Content, by models.Actor, now time.Time) Referral {
	r := Referral{ID: id, PatientID: patientID, PartnerID: p.ID, PartnerName: p.Name, Sent: sent, MadeAt: now.UTC().Truncate(time.Millisecond), By: models.AuthorOf(by), ReplyDays: p.ReplyDays}
	return r.step(Draft, ByClinic, "", now)
}
