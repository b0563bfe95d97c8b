package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
)

var checkInTimes = ownTimes[checkin.Times]{chart.ColCheckInTimes, "check-in-times.changed", "times",
	func() checkin.Times { return checkin.Times{Times: []string{}, Days: []string{}} }, checkin.CheckTimes}

// CheckInTimes reads when the patient wants to check in.
func (ch *Part) CheckInTimes(ctx context.Context) (chart.Versioned[checkin.Times], error) {
	return checkInTimes.read(ctx, ch)
}

// SetCheckInTimes replaces the schedule.
func (ch *Part) SetCheckInTimes(ctx context.Context, version int64, t checkin.Times) (chart.Versioned[checkin.Times], error) {
	return checkInTimes.set(ctx, ch, version, t)
}
