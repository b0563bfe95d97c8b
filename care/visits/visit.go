package visits

import (
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// Visit is an appointment as it is stored.
type Visit struct {
	schedule.Appointment
	PatientID string        `json:"patientId,omitempty"`
	Ask       VisitAsk      `json:"ask"`
	BookedBy  models.Author `json:"bookedBy"`
	CreatedAt time.Time     `json:"createdAt"`
	ChangedAt time.Time     `json:"changedAt"`
	Moved     *VisitMove    `json:"moved,omitempty"`  // the last time that it got another start
	WaitID    string        `json:"waitId,omitempty"` // a time that is kept for somebody in line: it is taken through their place only
	About     []string      `json:"about,omitempty"`  // patients of a conference's agenda; nil in one of a program that did not note it
}

// VisitMove says from when a visit was moved, by which account and when, and which people and
// resources have no part in it any more.
type VisitMove struct {
	From time.Time `json:"from"`
	By   string    `json:"by"`
	At   time.Time `json:"at,omitzero"` // zero: of a program that did not note it
	Left []string  `json:"left,omitempty"`
}

// noteMove notes that a step gave the visit another start.
func (v *Visit) noteMove(before schedule.Appointment, by string, at time.Time) {
	if before.ID == "" || before.Start.Equal(v.Start) {
		return
	}
	v.Moved = &VisitMove{From: before.Start, By: by, At: at.UTC()}
	for _, p := range before.Participants {
		stays := slices.ContainsFunc(v.Participants, func(q schedule.Participant) bool { return q.Who == p.Who })
		if p.Kind != schedule.Patient && p.Status != schedule.Declined && !stays {
			v.Moved.Left = append(v.Moved.Left, p.Who)
		}
	}
}

// VisitAsk says what visit somebody wants, without its time.
type VisitAsk struct {
	VisitType     string            `json:"visitType"`
	Modality      schedule.Modality `json:"modality"`
	Site          string            `json:"site,omitempty"`
	TravelMinutes int               `json:"travelMinutes,omitempty"`
	Roles         []VisitRole       `json:"roles"`
}

// What a part of a visit holds over the API: accounts named for it, and characters of a
// discipline.
const (
	MaxWho        = 50
	MaxDiscipline = 40
)

// RoleKinds are what a part can be beside the patient's.
var RoleKinds = []schedule.Kind{schedule.Clinician, schedule.Supporter, schedule.Resource}

// VisitRole is a part in a visit and who can play it.
type VisitRole struct {
	Key           string            `json:"key"`
	Kind          schedule.Kind     `json:"kind,omitempty"`
	Who           []string          `json:"who,omitempty"`
	Discipline    models.Discipline `json:"discipline,omitempty"`
	Language      string            `json:"language,omitempty"`
	Need          int               `json:"need,omitempty"`
	Optional      bool              `json:"optional,omitempty"`
	OffsetMinutes int               `json:"offsetMinutes,omitempty"`
	Minutes       int               `json:"minutes,omitempty"`
}

// patientRole is the key of the patient's part.
const patientRole = "patient"

// roles are the parts as the engine wants them. The patient's stands last, so that
// the fields of refusals are those of the caller.
func (a VisitAsk) roles(patientID string) []schedule.Role {
	var out []schedule.Role
	for _, r := range a.Roles {
		kind := r.Kind
		if kind == "" {
			kind = schedule.Clinician
		}
		out = append(out, schedule.Role{Key: r.Key, Kind: kind, Who: r.Who, Discipline: r.Discipline, Language: r.Language,
			Need: r.Need, Optional: r.Optional, OffsetMinutes: r.OffsetMinutes, Minutes: r.Minutes})
	}
	if patientID == "" { // a conference
		return out
	}
	return append(out, schedule.Role{Key: patientRole, Kind: schedule.Patient, Who: []string{patientID}})
}

// visitOp writes a visit.
func visitOp(v chart.Versioned[Visit]) (store.Op, error) {
	doc, err := chart.Encode(v.Value.ID, v.Value.Owner(), v.Version, v.Value.keys(), v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColVisits, doc), err
	}
	return store.Replace(chart.ColVisits, doc), err
}

// Owner is whose data key seals the visit: the patient's; of a conference, which
// is about several, whoever called it.
func (v Visit) Owner() string {
	if v.PatientID != "" {
		return v.PatientID
	}
	return v.BookedBy.AccountID
}

func (v Visit) keys() store.Keys {
	k := store.Keys{"start": chart.Millis(v.Start)}
	if v.PatientID != "" {
		k["patientId"] = v.PatientID
	}
	return k
}

// expired tells that a visit is a hold whose time is over: nobody has it any more.
func (v Visit) expired(now time.Time) bool {
	hold, live := v.Held(now)
	return hold && !live
}

// MadeFor is since when somebody has their part in the visit at the time that it has now.
func (v Visit) MadeFor(accountID string) time.Time {
	at := v.CreatedAt
	if v.Moved != nil {
		if at = v.Moved.At; at.IsZero() {
			at = v.ChangedAt
		}
	}
	for _, p := range v.Participants {
		if p.Who == accountID && p.InvitedAt != nil && p.InvitedAt.After(at) {
			at = *p.InvitedAt
		}
	}
	return at
}
