package fhir

import (
	"time"

	"handrail/models/schedule"
)

// Appointment is http://hl7.org/fhir/R4/appointment.html.
type Appointment struct {
	Resource
	Contained         []Slot            `json:"contained,omitempty"`
	Extension         []Extension       `json:"extension,omitempty"`
	Status            schedule.Status   `json:"status"`
	CancelationReason *CodeableConcept  `json:"cancelationReason,omitempty"`
	ServiceCategory   []CodeableConcept `json:"serviceCategory,omitempty"`
	ServiceType       []CodeableConcept `json:"serviceType,omitempty"`
	Start             time.Time         `json:"start"`
	End               time.Time         `json:"end"`
	MinutesDuration   int               `json:"minutesDuration,omitempty"`
	Slot              []Reference       `json:"slot,omitempty"`
	Created           *time.Time        `json:"created,omitempty"`
	Participant       []Participant     `json:"participant"`
}

// Participant is somebody in an Appointment.
type Participant struct {
	Actor    Reference       `json:"actor"`
	Required string          `json:"required,omitempty"`
	Status   schedule.Answer `json:"status"`
	Period   *Period         `json:"period,omitempty"`
}

// Visit is a visit as the caller may see it. Who may only see the times leaves the
// rest empty.
type Visit struct {
	ID           string
	Version      string
	Status       schedule.Status
	PatientID    string
	Start, End   time.Time
	ChangedAt    time.Time
	HoldUntil    *time.Time
	Type         string // id of the visit type
	TypeName     string
	Modality     schedule.Modality
	Cancellation *schedule.Cancellation
	Participants []Party
}

// Party is a participant with a name.
type Party struct {
	Who, Name  string
	Kind       schedule.Kind
	Required   bool
	Status     schedule.Answer
	Start, End time.Time
}

// AppointmentOf maps a visit.
func AppointmentOf(v Visit) Appointment {
	a := Appointment{Resource: Resource{"Appointment", v.ID, &Meta{VersionID: v.Version, LastUpdated: instant(v.ChangedAt), Security: Labels()}}, Status: v.Status,
		Start: v.Start.UTC(), End: v.End.UTC(), MinutesDuration: int(v.End.Sub(v.Start) / time.Minute)}
	if v.HoldUntil != nil {
		a.Extension = []Extension{{HoldUntil, v.HoldUntil.UTC()}}
	}
	if v.Type != "" {
		a.ServiceType = concept(SystemVisitType, v.Type, v.TypeName)
	}
	if v.Modality != "" {
		a.ServiceCategory = concept(SystemModality, string(v.Modality), "")
	}
	// Invariant app-4: only a visit that was called off or missed has a reason.
	if c := v.Cancellation; c != nil && (v.Status == schedule.Cancelled || v.Status == schedule.NoShow) {
		a.CancelationReason = &CodeableConcept{Coding: []Coding{{System: "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason", Code: string(c.Reason)}}}
	}
	for _, p := range v.Participants {
		required := "optional"
		if p.Required {
			required = "required"
		}
		a.Participant = append(a.Participant, Participant{ActorOf(p.Kind, p.Who, p.Name), required, p.Status, &Period{p.Start.UTC(), p.End.UTC()}})
	}
	if len(a.Participant) == 0 { // one at least; who sees only times knows whose they are
		a.Participant = []Participant{{Actor: Reference{Reference: "Patient/" + v.PatientID}, Required: "required", Status: schedule.Accepted}}
	}
	return a
}

// Proposal maps a time at which a visit could be. Each clinician's part is a
// contained Slot: nobody is told more of their calendars.
func Proposal(id, patientID string, visit schedule.VisitType, s schedule.Slot) Appointment {
	v := Visit{ID: id, Status: schedule.Proposed, PatientID: patientID, Start: s.Start, End: s.End, Type: visit.ID, TypeName: visit.Name, Modality: s.Modality}
	for _, seat := range s.Seats {
		v.Participants = append(v.Participants, Party{Who: seat.Who, Kind: seat.Kind, Required: !seat.Optional, Status: schedule.NeedsAction, Start: seat.Start, End: seat.End})
	}
	a := AppointmentOf(v)
	for _, seat := range s.Seats {
		if seat.Kind == schedule.Clinician {
			slot := SlotOf(seat.Who, Time{schedule.SpanOf(seat.Start, seat.End), Free})
			slot.ID = "slot-" + seat.Who
			a.Contained = append(a.Contained, slot)
			a.Slot = append(a.Slot, Reference{Reference: "#" + slot.ID})
		}
	}
	return a
}

// ActorOf points to somebody in a visit.
func ActorOf(kind schedule.Kind, who, name string) Reference {
	types := map[schedule.Kind]string{schedule.Patient: "Patient", schedule.Clinician: "Practitioner", schedule.Supporter: "RelatedPerson", schedule.Resource: "HealthcareService"}
	return Reference{types[kind] + "/" + who, name}
}
