package record

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/store"
)

// Asked is when a patient wants to be asked, for the worker that plans reminders.
type Asked struct {
	CheckIns  checkin.Times
	Medicines []reminder.Medicine
	Answered  []time.Time // of late
	Quiet     risk.Quiet  // what the team recorded and the patient set
}

// Asked reads it; zone is the patient's, as it is stored. What was never set has no times.
func (c *Service) Asked(ctx context.Context, patientID, zone string) (Asked, error) {
	times, err := checkInTimes.stored(ctx, c, patientID)
	if err != nil {
		return Asked{}, err
	}
	medicines, err := medicineTimes.stored(ctx, c, patientID)
	if err != nil {
		return Asked{}, err
	}
	answered, err := c.answered(ctx, patientID)
	if err != nil {
		return Asked{}, err
	}
	quiet, err := c.quiet(ctx, patientID, zone)
	return Asked{times.Value, medicines.Value.Items, answered, quiet}, err
}

// answered are the times at which a patient's last check-ins were answered. A phone
// whose clock is ahead has answered when its check-in came.
func (c *Service) answered(ctx context.Context, patientID string) ([]time.Time, error) {
	found, err := chart.Every[checkin.CheckIn](ctx, c.store, chart.ColCheckIns, store.Query{Index: "patient",
		Equal: []any{patientID}, From: chart.Millis(c.now().AddDate(0, 0, -2))})
	var out []time.Time
	for _, v := range found {
		at := v.Value.AnsweredAt
		if v.Value.ReceivedAt.Before(at) {
			at = v.Value.ReceivedAt
		}
		out = append(out, at.UTC())
	}
	return out, err
}
