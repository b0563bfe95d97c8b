package people

import (
	"context"

	"handrail/models"
	"handrail/models/reminder"
)

// sectionOfKind is the part of the chart that a reminder lets one guess at: that
// somebody was reminded of a visit says that there is one.
var sectionOfKind = map[reminder.Kind]models.Section{
	reminder.VisitConfirmed: models.SectionAppointments, reminder.VisitAhead: models.SectionAppointments,
	reminder.VisitSoon: models.SectionAppointments, reminder.VisitNow: models.SectionAppointments,
	reminder.Milestone:  models.SectionGoals,
	reminder.PlanReview: models.SectionCrisisPlan, reminder.PlanRehearsal: models.SectionCrisisPlan, reminder.NaloxoneExpiry: models.SectionCrisisPlan,
	reminder.CheckIn: models.SectionCheckIns, reminder.MedicineTime: models.SectionCheckIns, reminder.Education: models.SectionCheckIns,
	reminder.News: models.SectionCheckIns, reminder.Gathered: models.SectionCheckIns,
}

// ReminderDelivery lets the team see whether reminders reached the patient: of the kinds
// whose part of the chart they may read whole, and of those alone. fetch gets the
// patient's account and the decision about a kind, and tells how many it found; its
// findings may leave when Reached gives no error.
func (ch *Part) ReminderDelivery(ctx context.Context, fetch func(accountID string, sees func(reminder.Kind) bool) (int, error)) error {
	var ground *models.Decision
	whole := map[models.Section]bool{}
	for _, s := range []models.Section{models.SectionAppointments, models.SectionGoals, models.SectionCheckIns, models.SectionCrisisPlan} {
		if d := ch.chart.Decide(s, models.Read); d.Allowed && d.Whole {
			whole[s] = true
			if ground == nil {
				ground = &d
			}
		}
	}
	if ground == nil {
		d := ch.chart.Decide(models.SectionAppointments, models.Read)
		return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	account, err := ch.care.AccountOf(ctx, ch.patient)
	if err != nil {
		return err
	}
	n, err := fetch(account, func(k reminder.Kind) bool { return whole[sectionOfKind[k]] })
	if err != nil {
		return err
	}
	return ch.chart.NoteRead(ctx, *ground, "reminders.read", "", n)
}
