package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// Appointment is a visit (FHIR Appointment).
type Appointment struct {
	ID           string        `json:"id"`
	PatientID    string        `json:"patientId"`
	VisitType    string        `json:"visitType,omitempty"`
	Modality     string        `json:"modality,omitempty"`
	Status       string        `json:"status"`
	Start        time.Time     `json:"start"` // UTC
	End          time.Time     `json:"end"`   // UTC
	Local        Local         `json:"local"` // On the patient's clock.
	Ask          *VisitAsk     `json:"ask,omitempty"`
	BookedBy     *Author       `json:"bookedBy,omitempty"`
	Cancellation *Cancellation `json:"cancellation,omitempty"`
	Door         *JoinWindow   `json:"door,omitempty"`       // By video, and you are in it: when you can join.
	HoldUntil    time.Time     `json:"holdUntil,omitzero"`   // A hold: the time is kept until then.
	Interprets   *Interpreting `json:"interprets,omitempty"` // You interpret in this visit: what you need to know to be there.
	Moves        []string      `json:"moves,omitempty"`      // What you can note now.
	Participants []Participant `json:"participants,omitempty"`
	RecurrenceID string        `json:"recurrenceId,omitempty"`
	Sequence     int           `json:"sequence,omitempty"`
	SeriesID     string        `json:"seriesId,omitempty"`
	Site         string        `json:"site,omitempty"`
	Invited      *Invited      `json:"invited,omitempty"`
}

// Invited is how the caller stands in a visit that they were asked to come to.
type Invited struct {
	Answer    string    `json:"answer"`
	Required  bool      `json:"required"`
	OtherTime time.Time `json:"otherTime,omitzero"` // The start that you asked for instead.
}

// Participant is somebody who comes to a visit.
type Participant struct {
	Who       string    `json:"who"`
	Name      string    `json:"name,omitempty"`
	Role      string    `json:"role"`
	Kind      string    `json:"kind"`
	Status    string    `json:"status"`
	Required  bool      `json:"required"`
	OtherTime time.Time `json:"otherTime,omitzero"`
	Start     time.Time `json:"start"`
	End       time.Time `json:"end"`
}

// Cancellation says who called a visit off, and why.
type Cancellation struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Late   bool      `json:"late"`
	Reason string    `json:"reason"`
}

// JoinWindow is when a visit by video can be joined.
type JoinWindow struct {
	Opens  time.Time `json:"opens"`
	Closes time.Time `json:"closes"`
}

// Interpreting is the part of an interpreter.
type Interpreting struct {
	Modality string    `json:"modality"` // One of: video, phone, in-person, home-visit, asynchronous.
	Start    time.Time `json:"start"`    // Of your part, UTC.
	End      time.Time `json:"end"`
	Answer   string    `json:"answer"`
	Language string    `json:"language,omitempty"` // BCP 47.
	Site     string    `json:"site,omitempty"`
}

// Local is a time on somebody's clock.
type Local struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Zone  string    `json:"zone"`
}

// Slot is a time at which everybody who was asked for is free.
type Slot struct {
	Modality   string    `json:"modality"`
	Start      time.Time `json:"start"`
	End        time.Time `json:"end"`
	Local      Local     `json:"local"`
	Seats      []Seat    `json:"seats"`
	Site       string    `json:"site,omitempty"`
	Unfamiliar int       `json:"unfamiliar"`
}

// Seat is the part of one of them.
type Seat struct {
	Who      string    `json:"who"`
	Role     string    `json:"role"`
	Kind     string    `json:"kind"`
	Optional bool      `json:"optional,omitempty"`
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Local    Local     `json:"local"`
	Claim    Span      `json:"claim"`
}

// Span is from when to when somebody is taken, in seconds since 1970, travel and breaks included.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Conflict is one thing that is in the way of a time.
type Conflict struct {
	Code string    `json:"code"`
	Text string    `json:"text"`
	Help string    `json:"help"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	Who  string    `json:"who,omitempty"`
	Role string    `json:"role,omitempty"`
}

// SeriesVisit is one visit of a series that is asked for.
type SeriesVisit struct {
	Start        time.Time  `json:"start"`                  // UTC
	Local        Local      `json:"local"`                  // On the patient's clock.
	Alternatives []Slot     `json:"alternatives,omitempty"` // Times near it that are free.
	Conflicts    []Conflict `json:"conflicts,omitempty"`    // Everything that is in the way; none: it is free.
	RecurrenceID string     `json:"recurrenceId"`
}

// AppointmentQuery says which visits are wanted. Zero times: no bound.
type AppointmentQuery struct {
	From, To time.Time
	Latest   bool // the latest first; else the earliest
}

// Appointments lists the patient's visits.
func (ch *Chart) Appointments(ctx context.Context, q AppointmentQuery) iter.Seq2[Versioned[Appointment], error] {
	query := url.Values{}
	setTime(query, "from", q.From)
	setTime(query, "to", q.To)
	if q.Latest {
		query.Set("order", "latest")
	}
	return pages[Versioned[Appointment]](ctx, ch.c, ch.path+"/appointments", query)
}

func setTime(q url.Values, name string, t time.Time) {
	if !t.IsZero() {
		q.Set(name, t.UTC().Format(time.RFC3339))
	}
}

// Appointment reads one visit.
func (ch *Chart) Appointment(ctx context.Context, id string) (Versioned[Appointment], error) {
	return versioned[Appointment](ctx, ch.c, Request{Method: http.MethodGet, Path: at(ch.path+"/appointments", id)})
}

// CancelAppointment calls a visit off. The reason is a code of FHIR's
// appointment-cancellation-reason, such as pat or prov.
//
// Errors: version-not-newest.
func (ch *Chart) CancelAppointment(ctx context.Context, v Versioned[Appointment], reason string) (Versioned[Appointment], error) {
	return versioned[Appointment](ctx, ch.c, Request{Method: http.MethodPost, Path: at(ch.path+"/appointments", v.Value.ID, "cancel"),
		IfMatch: v.ETag, Body: map[string]string{"reason": reason}})
}
