package visits

import (
	"context"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// VisitTime is a visit as a calendar may know it: when it is and how often it was
// moved, and nothing else.
type VisitTime struct {
	VisitID    string
	Sequence   int
	ChangedAt  time.Time
	Start, End time.Time
	Tentative  bool // somebody has not agreed yet
	Cancelled  bool
}

// visitTime tells the time of a visit, of one person's part of it.
func visitTime(v Visit, start, end time.Time) VisitTime {
	t := VisitTime{VisitID: v.ID, Sequence: v.Sequence, ChangedAt: v.ChangedAt, Start: start, End: end,
		Tentative: v.Status == schedule.Pending, Cancelled: v.Status == schedule.Cancelled || v.Status == schedule.EnteredInError}
	if v.Status == schedule.EnteredInError {
		t.Sequence++ // the schedule counts times and cancellations; a calendar must hear of this too
	}
	return t
}

// Invite tells a calendar about one visit. A time that is only held is none yet.
func (ch *Part) Invite(ctx context.Context, id string) (VisitTime, error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return VisitTime{}, err
	}
	v, err := ch.visitOfChart(ctx, id)
	if err != nil {
		return VisitTime{}, err
	}
	if kept, err := ch.care.base.KeptInside()(ctx, ch.actor, ch.patient); err != nil {
		return VisitTime{}, err
	} else if kept {
		d.Rule = "no-tpo-consent"
		return VisitTime{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "kept-inside",
			"This person does not want their record to leave the clinic. The visit is in the calendar here."))
	}
	if v.Value.HoldUntil != nil {
		return VisitTime{}, models.E(models.KindConflict, "not-booked", "This time is only kept for you. Book it first.")
	}
	return visitTime(v.Value, v.Value.Start, v.Value.End), ch.chart.NoteRead(ctx, d, "appointments.read", id, 1)
}
