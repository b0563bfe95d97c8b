package message

import (
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

// MaxWorries is how many worries one supporter sends in a day.
const MaxWorries = 20

// Concern is what a supporter says of a worry. Danger is the answer to the one question
// that comes first: is the person in danger now?
type Concern struct {
	PatientID string `json:"patientId,omitempty"`
	Danger    *bool  `json:"dangerNow"`
	Text      string `json:"text"`
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (w Concern) Check() error {
	var c models.Checks
	c.Require(w.Danger != nil, "dangerNow", "required", "Say first if they are in danger now.")
	c.Text("text", w.Text, 1, MaxText)
	return c.Err()
}

// Tier is how soon somebody is asked about it.
func (w Concern) Tier() checkin.Tier {
	if w.Danger != nil && *w.Danger {
		return checkin.Urgent
	}
	return checkin.Elevated
}

// Worry is what a supporter told the team: third-party information. The patient's screens,
// log, devices and exports say nothing of it.
type Worry struct {
	ID           string       `json:"id"`
	PatientID    string       `json:"patientId"`
	By           Party        `json:"by"`
	Relationship string       `json:"relationship"`
	Danger       bool         `json:"dangerNow"`
	Tier         checkin.Tier `json:"tier"`
	Text         string       `json:"text"`
	At           time.Time    `json:"at"`
	Late         bool         `json:"late,omitempty"` // as of a Message
}
