package crisisplan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Receipt is what a device last told about the copy that it holds. There is
// one a device.
type Receipt struct {
	PatientID  string    `json:"patientId"`
	DeviceID   string    `json:"deviceId"`
	DeviceName string    `json:"deviceName"`
	Version    int64     `json:"version"` // 0: the copy for when no plan is written yet
	Since      time.Time `json:"since"`   // when it first told this version
	At         time.Time `json:"at"`      // when it last told
}

// Holding says which version a device holds, for the team: "the phone has
// version 3 of 4".
type Holding struct {
	DeviceID   string     `json:"deviceId"`
	DeviceName string     `json:"deviceName"`
	Holds      int64      `json:"holds"`
	Newest     int64      `json:"newest"` // the active version; drafts are not for phones
	Since      time.Time  `json:"since"`
	At         time.Time  `json:"at"`
	StaleSince *time.Time `json:"staleSince,omitempty"` // when a newer version became active
}

// Receive takes in what a device tells. last is what it told before, the zero value
// when nothing. Errors: KindInvalid for a version that was never active.
func (p Plan) Receive(last Receipt, d models.Device, version int64, now time.Time) (Receipt, error) {
	var c models.Checks
	c.Require(version >= 0 && version <= p.Active, "version", "unknown-version", "There is no such version.")
	if err := c.Err(); err != nil {
		return Receipt{}, err
	}
	now = now.UTC().Truncate(time.Millisecond)
	out := Receipt{p.PatientID, d.ID, d.Name, version, now, now}
	if last.DeviceID == d.ID && last.Version == version {
		out.Since = last.Since
	}
	return out, nil
}

// PhoneHolds tells for each device which version it holds and since when that is
// not the newest, the stalest first.
func PhoneHolds(p Plan, receipts []Receipt) []Holding {
	out := make([]Holding, 0, len(receipts))
	for _, r := range receipts {
		out = append(out, Holding{r.DeviceID, r.DeviceName, r.Version, p.Active, r.Since, r.At, p.staleSince(r.Version)})
	}
	slices.SortFunc(out, func(a, b Holding) int {
		return cmp.Or(cmp.Compare(a.Holds, b.Holds), b.At.Compare(a.At), strings.Compare(a.DeviceID, b.DeviceID))
	})
	return out
}

// staleSince is when the version that followed this one became active. Of a copy
// older than what is remembered, the oldest moment that is known.
func (p Plan) staleSince(version int64) *time.Time {
	if version >= p.Active {
		return nil
	}
	for _, a := range p.Activations {
		if a.Version > version {
			return &a.At
		}
	}
	return nil
}
