package care

import (
	"context"

	"handrail/models"
)

var checkInTimes = ownTimes[models.CheckInTimes]{colCheckInTimes, "check-in-times.changed", "times",
	func() models.CheckInTimes { return models.CheckInTimes{Times: []string{}, Days: []string{}} }, models.CheckCheckInTimes}

// CheckInTimes reads when the patient wants to check in.
func (ch *Chart) CheckInTimes(ctx context.Context) (Versioned[models.CheckInTimes], error) {
	return checkInTimes.read(ctx, ch)
}

// SetCheckInTimes replaces the schedule.
func (ch *Chart) SetCheckInTimes(ctx context.Context, version int64, t models.CheckInTimes) (Versioned[models.CheckInTimes], error) {
	return checkInTimes.set(ctx, ch, version, t)
}
