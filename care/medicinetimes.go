package care

import (
	"context"

	"handrail/models/reminder"
)

var medicineTimes = ownTimes[reminder.Medicines]{colMedicineTimes, "medicine-times.changed", "medicine-times",
	func() reminder.Medicines { return reminder.Medicines{Items: []reminder.Medicine{}} }, reminder.Medicines.Check}

// MedicineTimes reads when the patient wants to be reminded of medicines.
func (ch *Chart) MedicineTimes(ctx context.Context) (Versioned[reminder.Medicines], error) {
	return medicineTimes.read(ctx, ch)
}

// SetMedicineTimes replaces the times.
func (ch *Chart) SetMedicineTimes(ctx context.Context, version int64, m reminder.Medicines) (Versioned[reminder.Medicines], error) {
	return medicineTimes.set(ctx, ch, version, m)
}
