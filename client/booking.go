package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// VisitAsk is which visit is wanted.
type VisitAsk struct {
	VisitType     string      `json:"visitType"`               // Of GET /v1/visit-types.
	Modality      string      `json:"modality"`                // One of: video, phone, in-person, home-visit, asynchronous.
	Roles         []VisitRole `json:"roles"`                   // Who comes beside the patient.
	Site          string      `json:"site,omitempty"`          // In person: only there.
	TravelMinutes int         `json:"travelMinutes,omitempty"` // Home visit: the way, there and back each.
}

// VisitRole is a part in a visit beside the patient's.
type VisitRole struct {
	Key           string   `json:"key"`            // Your own name of the part, such as therapist.
	Kind          string   `json:"kind,omitempty"` // Left out: clinician. One of: clinician, supporter, resource.
	Who           []string `json:"who,omitempty"`  // Accounts or resources. Left out: everybody of the team with the discipline, or every resource with the language.
	Discipline    string   `json:"discipline,omitempty"`
	Language      string   `json:"language,omitempty"`      // BCP 47, of an interpreter.
	Need          int      `json:"need,omitempty"`          // How many of them. Left out: all of who.
	OffsetMinutes int      `json:"offsetMinutes,omitempty"` // Joins so long after the start.
	Minutes       int      `json:"minutes,omitempty"`       // Stays so long. Left out: to the end.
	Optional      bool     `json:"optional,omitempty"`      // Comes if free.
}

// NewHold keeps a time for some minutes.
type NewHold struct {
	ID        string    `json:"id,omitempty"` // Made by the client; the visit keeps it.
	PatientID string    `json:"patientId"`
	Start     time.Time `json:"start"`
	VisitAsk
}

// NewAppointment books a visit, or what is held.
type NewAppointment struct {
	ID        string    `json:"id,omitempty"` // Made by the client. Not with holdId: the visit keeps the id of its hold.
	PatientID string    `json:"patientId"`
	HoldID    string    `json:"holdId,omitempty"` // Book what is held. Everything else is left out then.
	Start     time.Time `json:"start,omitzero"`
	Visit     *VisitAsk `json:"visit,omitempty"` // Book without a hold.
}

// SlotQuery says for which visit times are wanted.
type SlotQuery struct {
	PatientID string
	Visit     VisitAsk
	From, To  time.Time
}

// Slots lists times at which everybody who is asked for is free, the earliest first. They
// are free when they are told: hold or book one to have it.
func (c *Client) Slots(ctx context.Context, q SlotQuery) iter.Seq2[Slot, error] {
	query := url.Values{"patientId": {q.PatientID}, "visitType": {q.Visit.VisitType}, "modality": {q.Visit.Modality}}
	for _, r := range q.Visit.Roles {
		query.Add("role", r.query())
	}
	if q.Visit.Site != "" {
		query.Set("site", q.Visit.Site)
	}
	if q.Visit.TravelMinutes > 0 {
		query.Set("travelMinutes", strconv.Itoa(q.Visit.TravelMinutes))
	}
	setTime(query, "from", q.From)
	setTime(query, "to", q.To)
	return pages[Slot](ctx, c, "/v1/slots", query)
}

// HoldSlot keeps a time for some minutes.
//
// Errors: a Problem with Conflicts and Alternatives when the time is not possible.
func (c *Client) HoldSlot(ctx context.Context, h NewHold) (Versioned[Appointment], error) {
	h.ID = orNewID(h.ID)
	return versioned[Appointment](ctx, c, Request{Method: http.MethodPost, Path: "/v1/appointments/holds", Body: h, SameTwice: true})
}

// Book books a visit, or what is held.
//
// Errors: as those of HoldSlot.
func (c *Client) Book(ctx context.Context, n NewAppointment) (Versioned[Appointment], error) {
	if n.HoldID == "" {
		n.ID = orNewID(n.ID)
	}
	return versioned[Appointment](ctx, c, Request{Method: http.MethodPost, Path: "/v1/appointments", Body: n, SameTwice: true})
}

// query is a role as it stands in the query of a search.
func (r VisitRole) query() string {
	parts := []string{"key=" + r.Key}
	add := func(name, value string) {
		if value != "" && value != "0" {
			parts = append(parts, name+"="+value)
		}
	}
	add("who", strings.Join(r.Who, "|"))
	add("discipline", r.Discipline)
	add("language", r.Language)
	add("kind", r.Kind)
	add("need", strconv.Itoa(r.Need))
	add("from", strconv.Itoa(r.OffsetMinutes))
	add("minutes", strconv.Itoa(r.Minutes))
	if r.Optional {
		parts = append(parts, "optional")
	}
	return strings.Join(parts, ";")
}
