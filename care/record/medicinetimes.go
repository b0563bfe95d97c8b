package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models/reminder"
)

var medicineTimes = ownTimes[reminder.Medicines]{chart.ColMedicineTimes, "medicine-times.changed", "medicine-times",
	func() reminder.Medicines { return reminder.Medicines{Items: []reminder.Medicine{}} }, reminder.Medicines.Check}

// MedicineTimes reads when the patient wants to be reminded of medicines.
func (ch *Part) MedicineTimes(ctx context.Context) (chart.Versioned[reminder.Medicines], error) {
	return medicineTimes.read(ctx, ch)
}

// SetMedicineTimes replaces the times.
func (ch *Part) SetMedicineTimes(ctx context.Context, version int64, m reminder.Medicines) (chart.Versioned[reminder.Medicines], error) {
	return medicineTimes.set(ctx, ch, version, m)
}
