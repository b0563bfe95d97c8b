package fhir

import (
	"strconv"
	"strings"
	"time"

	"handrail/models/schedule"
)

// Schedule is http://hl7.org/fhir/R4/schedule.html: one for each clinician, with
// their id.
type Schedule struct {
	Resource
	Active          bool        `json:"active"`
	Actor           []Reference `json:"actor"`
	PlanningHorizon *Period     `json:"planningHorizon,omitempty"`
}

// ScheduleOf maps somebody's calendar.
func ScheduleOf(accountID, name string, from, to time.Time) Schedule {
	return Schedule{Resource: Resource{ResourceType: "Schedule", ID: accountID}, Active: true,
		Actor: []Reference{ActorOf(schedule.Clinician, accountID, name)}, PlanningHorizon: &Period{from.UTC().Truncate(time.Second), to.UTC().Truncate(time.Second)}}
}

// Slot is http://hl7.org/fhir/R4/slot.html.
type Slot struct {
	Resource
	Schedule Reference `json:"schedule"`
	Status   State     `json:"status"`
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
}

// State is http://hl7.org/fhir/slotstatus.
type State string

// The states of a slot.
const (
	Free        State = "free"
	Busy        State = "busy"
	Tentative   State = "busy-tentative"   // held
	Unavailable State = "busy-unavailable" // by a calendar elsewhere
)

// Time is a piece of somebody's time.
type Time struct {
	schedule.Span
	Status State
}

// SlotOf maps a piece of somebody's time. Its id tells whose it is and when it
// begins, because nothing of it is stored.
func SlotOf(accountID string, t Time) Slot {
	return Slot{Resource: Resource{ResourceType: "Slot", ID: accountID + "." + strconv.FormatInt(t.From, 10)},
		Schedule: Reference{Reference: "Schedule/" + accountID}, Status: t.Status, Start: t.Start(), End: t.End()}
}

// ParseSlotID reads what SlotOf wrote.
func ParseSlotID(id string) (accountID string, start time.Time, ok bool) {
	accountID, text, ok := strings.Cut(id, ".")
	unix, err := strconv.ParseInt(text, 10, 64)
	return accountID, time.Unix(unix, 0).UTC(), ok && err == nil && unix > 0 && unix < 1<<33
}
