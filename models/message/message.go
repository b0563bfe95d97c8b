// Package message knows what a thread of messages is, who it is between, and when it is to
// be answered (FHIR Communication). It is pure.
package message

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/phrases"
)

// Kind says between whom a thread is. It never changes: what was written to some is shown
// to no others later.
type Kind string

// The kinds.
const (
	WithPatient Kind = "patient" // the patient and the team
	WithFamily  Kind = "family"  // the patient, the team, and one supporter with a consent
	InTeam      Kind = "team"    // the team alone: the patient and the family never learn of it
)

// Kinds lists them.
var Kinds = []Kind{WithPatient, WithFamily, InTeam}

// Urgency is how soon the sender needs an answer (FHIR Communication.priority).
type Urgency string

// The urgencies. None of them calls anybody at once: alerts and numbers to call do.
const (
	Routine Urgency = "routine" // within the days that the team agreed
	Urgent  Urgency = "urgent"  // by the end of the next working day, and first in the list
)

// Urgencies lists them.
var Urgencies = []Urgency{Routine, Urgent}

// Limits of texts, in characters, and of how much one person writes about one patient.
const (
	MaxText    = 4000
	MaxSubject = 120
	MaxPerHour = 60
	MaxPerDay  = 200
	MaxThreads = 20 // that one person begins about one patient in a day
)

// Party is who wrote, or has read. Times are UTC.
type Party struct {
	AccountID string      `json:"accountId"`
	Name      string      `json:"name"`
	Role      models.Role `json:"role"`
}

// Thread is messages about one matter of one patient.
type Thread struct {
	ID        string    `json:"id"`
	PatientID string    `json:"patientId"`
	Kind      Kind      `json:"kind"`
	Supporter string    `json:"supporterId,omitempty"`
	Name      string    `json:"supporterName,omitempty"`
	Subject   string    `json:"subject,omitempty"`
	OpenedBy  Party     `json:"openedBy"`
	OpenedAt  time.Time `json:"openedAt"`
	Count     int       `json:"count"`
	LastAt    time.Time `json:"lastAt"`
	LastBy    Party     `json:"lastBy"`
	Waits     *Waits    `json:"waits,omitempty"`
	Staff     []string  `json:"staff,omitempty"` // accounts of the team that wrote in it
	Started   string    `json:"started"`         // id of its first message
	Reads     []Read    `json:"reads,omitempty"` // of each who has read or written in it
	Closed    *Closed   `json:"closed,omitempty"`
}

// Closed is that a thread has done what it was for. A new message opens it again: nothing
// that somebody writes is lost.
type Closed struct {
	By Party     `json:"by"`
	At time.Time `json:"at"`
}

// Read is how far somebody has read: up to a message, when, and how many of those after it
// are their own.
type Read struct {
	Party
	UpTo int       `json:"upTo"`
	At   time.Time `json:"at,omitzero"`
	Own  int       `json:"own,omitempty"`
}

// ReadOf is how far somebody has read; the zero Read for who never did.
func (t Thread) ReadOf(accountID string) Read {
	for _, r := range t.Reads {
		if r.AccountID == accountID {
			return r
		}
	}
	return Read{}
}

// Unread is how many messages of others came since.
func (t Thread) Unread(accountID string) int {
	r := t.ReadOf(accountID)
	return max(0, t.Count-r.UpTo-r.Own)
}

// Marked is the thread once somebody has read up to a message. It goes forward alone.
func (t Thread) Marked(who Party, upTo int, at time.Time) Thread {
	r := t.ReadOf(who.AccountID)
	if r.UpTo >= upTo {
		return t
	}
	return t.with(Read{who, upTo, at, min(r.Own, t.Count-upTo)})
}

// Wrote is the thread with one more message of somebody.
func (t Thread) Wrote(m Message) Thread {
	t.Count, t.LastAt, t.LastBy, t.Closed = m.Number, m.At, m.By, nil
	r := t.ReadOf(m.By.AccountID)
	r.Party, r.Own = m.By, r.Own+1
	if m.By.Role.Staff() && !slices.Contains(t.Staff, m.By.AccountID) {
		t.Staff = append(slices.Clip(t.Staff), m.By.AccountID)
	}
	return t.with(r)
}

func (t Thread) with(r Read) Thread {
	t.Reads = append(slices.DeleteFunc(slices.Clone(t.Reads), func(o Read) bool { return o.AccountID == r.AccountID }), r)
	return t
}

// Waits is that the team owes an answer, since when, and who answers for it. By is nil where
// the clinic agreed no time.
type Waits struct {
	Since    time.Time  `json:"since"`
	Urgency  Urgency    `json:"urgency"`
	Owner    string     `json:"owner"`
	Name     string     `json:"ownerName"`
	By       *time.Time `json:"by,omitempty"`
	RemindAt *time.Time `json:"remindAt,omitempty"`
	Reminded int        `json:"reminded,omitempty"`
}

// Message is one message of a thread.
type Message struct {
	ID        string        `json:"id"`
	ThreadID  string        `json:"threadId"`
	PatientID string        `json:"patientId"`
	Number    int           `json:"number"` // from 1, in the thread
	By        Party         `json:"by"`
	At        time.Time     `json:"at"`
	Urgency   Urgency       `json:"urgency"`
	Text      string        `json:"text"`
	Hits      []phrases.Hit `json:"hits,omitempty"`
	// Late is that what belongs to it (lists, alerts) could not be made with it: a worker does.
	Late bool `json:"late,omitempty"`
}

// Draft is what somebody sends.
type Draft struct {
	ID      string  `json:"id"`
	Text    string  `json:"text"`
	Urgency Urgency `json:"urgency"`
}

// Opening is what somebody says who begins a thread.
type Opening struct {
	Kind      Kind   `json:"kind"`
	Supporter string `json:"supporterId,omitempty"`
	Subject   string `json:"subject,omitempty"`
	First     Draft  `json:"message"`
}

// Check says what is wrong with a draft; field names where it stands. Errors: KindInvalid
// with fields.
func (d Draft) Check(c *models.Checks, field string) {
	c.Text(field+"text", d.Text, 1, MaxText)
	c.Require(slices.Contains(Urgencies, d.Urgency), field+"urgency", "not-a-choice", "Choose one of those that are offered.")
}

// Check says what is wrong with an opening. Errors: KindInvalid with fields.
func (o Opening) Check() error {
	var c models.Checks
	c.Require(slices.Contains(Kinds, o.Kind), "kind", "not-a-choice", "Choose one of those that are offered.")
	c.Require((o.Kind == WithFamily) == (o.Supporter != ""), "supporterId", "required", "Name a person of family or friends, and only where they take part.")
	c.Text("subject", o.Subject, 0, MaxSubject)
	o.First.Check(&c, "message.")
	return c.Err()
}

// Same tells whether a draft that is sent again is what stands.
func (m Message) Same(d Draft, threadID, accountID string) bool {
	return m.ThreadID == threadID && m.By.AccountID == accountID && m.Text == d.Text && m.Urgency == d.Urgency
}

// Same tells whether an opening that is sent again is what stands.
func (t Thread) Same(o Opening, patientID, accountID string) bool {
	return t.PatientID == patientID && t.OpenedBy.AccountID == accountID && t.Kind == o.Kind && t.Supporter == o.Supporter &&
		t.Subject == o.Subject && t.Started == o.First.ID
}

// Shown is a message as a reader may see it: what was found in it is for the team.
func (m Message) Shown(to models.Role) Message {
	if !to.Staff() {
		m.Hits, m.Late = nil, false
	}
	return m
}
