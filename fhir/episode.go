package fhir

import "time"

// EpisodeOfCare is http://hl7.org/fhir/R4/episodeofcare.html. What was asked and answered
// at the intake is no part of it.
type EpisodeOfCare struct {
	Resource
	Status        string          `json:"status"`
	StatusHistory []EpisodeStatus `json:"statusHistory,omitempty"`
	Patient       Reference       `json:"patient"`
	Period        OpenPeriod      `json:"period"`
}

// EpisodeStatus is a status that held for a period.
type EpisodeStatus struct {
	Status string     `json:"status"`
	Period OpenPeriod `json:"period"`
}

// OpenPeriod is a period that may go on.
type OpenPeriod struct {
	Start *time.Time `json:"start,omitempty"`
	End   *time.Time `json:"end,omitempty"`
}

// Episode is an episode, as far as FHIR asks. Steps are its statuses, the oldest first.
type Episode struct {
	ID, PatientID string
	Steps         []EpisodeStep
}

// EpisodeStep is from when on a status holds.
type EpisodeStep struct {
	Status string
	At     time.Time
}

// EpisodeOf writes an episode that has at least one step. All statuses but the last are its
// history; what has ended ended with its last step.
func EpisodeOf(e Episode) EpisodeOfCare {
	last := e.Steps[len(e.Steps)-1]
	out := EpisodeOfCare{Resource: Resource{ResourceType: "EpisodeOfCare", ID: e.ID, Meta: &Meta{LastUpdated: instant(last.At), Security: Labels()}},
		Status: last.Status, Patient: Reference{Reference: "Patient/" + e.PatientID}, Period: OpenPeriod{Start: instant(e.Steps[0].At)}}
	for i, s := range e.Steps[:len(e.Steps)-1] {
		out.StatusHistory = append(out.StatusHistory, EpisodeStatus{s.Status, OpenPeriod{Start: instant(s.At), End: instant(e.Steps[i+1].At)}})
	}
	if last.Status == "finished" || last.Status == "cancelled" {
		out.Period.End = instant(last.At)
	}
	return out
}
