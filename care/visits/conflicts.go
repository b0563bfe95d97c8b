package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// Broken is a visit that no longer lies in somebody's hours. It stands until
// somebody moves or cancels it.
type Broken struct {
	AppointmentID string          `json:"appointmentId"`
	Start         time.Time       `json:"start"`
	End           time.Time       `json:"end"`
	Local         schedule.Local  `json:"local"`
	PatientID     string          `json:"patientId,omitempty"`
	PatientName   string          `json:"patientName,omitempty"`
	Alternatives  []schedule.Slot `json:"alternatives,omitempty"`
}

const (
	maxBrokenTimes  = 10 // with new times
	conflictHorizon = schedule.MaxHorizon
)

// brokenBy lists the visits still to come that somebody's hours do not hold.
func (c *Service) brokenBy(ctx context.Context, actor models.Actor, who string, a schedule.Availability) ([]Broken, error) {
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return nil, err
	}
	open, err := schedule.Compile(a, cal.Value.Closures)
	if err != nil {
		return nil, err
	}
	now := c.now()
	visits, err := c.visitsOf(ctx, who, now, now.AddDate(0, 0, conflictHorizon))
	if err != nil {
		return nil, err
	}
	out, lines := []Broken{}, []store.Op{}
	for _, v := range visits {
		for _, p := range v.Value.Participants {
			if p.Who == who && !covered(open, v.Value, p) {
				b, line, err := c.broken(ctx, actor, v.Value, p, open, len(out) < maxBrokenTimes)
				if err != nil {
					return nil, err
				}
				out, lines = append(out, b), append(lines, line...)
			}
		}
	}
	return out, c.noteEvents(ctx, lines)
}

// covered tells whether hours hold somebody's part of a visit, with the way.
func covered(open *schedule.OpenHours, v Visit, p schedule.Participant) bool {
	work := schedule.SpanOf(p.Start, p.End)
	if way := int64(v.Ask.TravelMinutes) * 60; p.Kind == schedule.Clinician {
		work.From, work.To = work.From-way, work.To+way
	}
	return open.Covers(work, schedule.Need{Modality: v.Modality, VisitType: v.VisitType, Site: v.Site})
}

// broken tells one, with its patient where the actor has a right to know; then with
// the line of that read.
func (c *Service) broken(ctx context.Context, actor models.Actor, v Visit, p schedule.Participant, open *schedule.OpenHours, times bool) (Broken, []store.Op, error) {
	b := Broken{AppointmentID: v.ID, Start: p.Start, End: p.End, Local: localTime(open.ZoneAt(p.Start.Unix()).Name(), p.Start, p.End)}
	ch, err := c.peek(ctx, actor, v.PatientID)
	if err != nil || ch == nil {
		return b, nil, err
	}
	profile, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.PatientID)
	if err != nil {
		return b, nil, err
	}
	b.PatientID, b.PatientName = v.PatientID, profile.Value.Name
	e := ch.chart.Event(ch.chart.Decide(models.SectionAppointments, models.Read), "appointments.read")
	e.Ref, e.Count = v.ID, 1
	op, err := chart.AuditOp(e)
	if err == nil && times {
		b.Alternatives, err = ch.elsewhen(ctx, v, p, open)
	}
	return b, []store.Op{op}, err
}

// elsewhen finds times near a visit at which everybody can come, somebody by the
// hours given; none when the visit can't be booked like this any more.
func (ch *Part) elsewhen(ctx context.Context, v Visit, p schedule.Participant, open *schedule.OpenHours) ([]schedule.Slot, error) {
	w, err := ch.candidates(ctx, v.Ask)
	if models.KindOf(err) == models.KindInvalid { // the kind of visit is gone
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if person := w.people[p.Who]; person != nil {
		person.Open = open
	}
	found, err := w.near(ctx, v.Start, v.ID)
	if k := models.KindOf(err); k == models.KindInvalid || k == models.KindForbidden { // somebody left the team, or who asks may not book it
		return nil, nil
	}
	return found, err
}

// peek opens a chart for a list that shows it among others: nil, without a line in
// the log, when the actor has no right to its visits.
func (c *Service) peek(ctx context.Context, actor models.Actor, patientID string) (*Part, error) {
	if patientID == "" {
		return nil, nil
	}
	ch, err := c.base.ChartFor(ctx, actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, err
	}
	if d := ch.Decide(models.SectionAppointments, models.Read); !d.Allowed || !d.Whole {
		return nil, nil
	}
	return c.Part(ch), nil
}
