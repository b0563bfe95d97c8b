package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
)

var checkInTimes = ownTimes[models.CheckInTimes]{chart.ColCheckInTimes, "check-in-times.changed", "times",
	func() models.CheckInTimes { return models.CheckInTimes{Times: []string{}, Days: []string{}} }, models.CheckCheckInTimes}

// CheckInTimes reads when the patient wants to check in.
func (ch *Part) CheckInTimes(ctx context.Context) (chart.Versioned[models.CheckInTimes], error) {
	return checkInTimes.read(ctx, ch)
}

// SetCheckInTimes replaces the schedule.
func (ch *Part) SetCheckInTimes(ctx context.Context, version int64, t models.CheckInTimes) (chart.Versioned[models.CheckInTimes], error) {
	return checkInTimes.set(ctx, ch, version, t)
}
