package visits

import (
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// When the join window of a video visit is open, around the booked time. Half an hour is
// enough to try camera and microphone; two hours cover a visit that runs over.
const (
	VideoOpensBefore = 30 * time.Minute
	VideoClosesAfter = 2 * time.Hour
)

// JoinWindow is when one can join a visit by video.
type JoinWindow struct {
	Opens  time.Time `json:"opens"`
	Closes time.Time `json:"closes"`
}

// JoinWindow is that of a visit or conference by video that will take place, or nil.
func (v Visit) JoinWindow() *JoinWindow {
	if v.Modality != schedule.Video || !TakesPlace(v) {
		return nil
	}
	return &JoinWindow{Opens: v.Start.Add(-VideoOpensBefore), Closes: v.End.Add(VideoClosesAfter)}
}

// joinWindowFor shows the join window to those who are in the visit. It is a sign and no right:
// JoinVideo decides.
func (v Visit) joinWindowFor(actor models.Actor) *JoinWindow {
	for _, p := range v.Participants {
		own := p.Who == actor.AccountID && p.Kind != schedule.Patient || p.Kind == schedule.Patient && actor.PatientID == v.PatientID
		if own && p.Status != schedule.Declined {
			return v.JoinWindow()
		}
	}
	return nil
}

// TakesPlace tells whether people may still meet for a visit: one that was noted as
// missed too, for who comes late.
func TakesPlace(v Visit) bool {
	return v.Status.TakesTime() && v.HoldUntil == nil
}
