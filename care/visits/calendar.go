package visits

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// CalendarEntry is a visit in somebody's calendar. What it is and whose, only
// those read who have a right to that chart; to others the time is taken.
type CalendarEntry struct {
	AppointmentID string            `json:"appointmentId"`
	Status        schedule.Status   `json:"status"`
	Start         time.Time         `json:"start"`
	End           time.Time         `json:"end"`
	Local         schedule.Local    `json:"local"`
	HoldUntil     *time.Time        `json:"holdUntil,omitempty"`
	Modality      schedule.Modality `json:"modality"`
	VisitType     string            `json:"visitType,omitempty"`
	PatientID     string            `json:"patientId,omitempty"`
	PatientName   string            `json:"patientName,omitempty"`
	JoinWindow    *JoinWindow       `json:"door,omitempty"`
	Unanswered    int               `json:"unanswered,omitempty"` // people and resources that have not agreed
	NoRoom        bool              `json:"noRoom,omitempty"`     // in person, and no room is taken for it
}

// MaxCalendarDays bounds one look at a calendar.
const MaxCalendarDays = 62

// Calendar lists what stands in a clinician's calendar between two moments, by
// start. The calendar is that of the claims, so it can't say something else than
// what can be booked.
func (c *Service) Calendar(ctx context.Context, actor models.Actor, accountID string, from, to time.Time) ([]CalendarEntry, error) {
	_, v, err := c.hoursOf(ctx, actor, accountID)
	if err != nil {
		return nil, err
	}
	if err := c.mayKeepHours(ctx, actor, accountID); err != nil {
		return nil, err
	}
	if err := checkCalendarWindow(from, to); err != nil {
		return nil, err
	}
	visits, err := c.visitsOf(ctx, accountID, from, to)
	if err != nil {
		return nil, err
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := c.base.ReadAhead(ctx, ahead, actor, patientsOf(visits)); err != nil {
		return nil, err
	}
	out, lines := []CalendarEntry{}, []store.Op{}
	for _, v0 := range visits {
		for _, p := range v0.Value.Participants {
			if p.Who != accountID || p.Status == schedule.Declined {
				continue
			}
			e, line, err := c.entry(ctx, actor, v0.Value, p, v.Value.Zone)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
			if line != nil {
				lines = append(lines, *line)
			}
		}
	}
	l := c.base.AuditEvent(actor, "calendar.read")
	l.Ref, l.Count = accountID, len(out)
	return out, c.noteAll(ctx, l, lines)
}

// checkCalendarWindow bounds one look at a calendar.
func checkCalendarWindow(from, to time.Time) error {
	var checks models.Checks
	checks.Require(from.Before(to), "to", "before-start", "The end is not after the start.")
	checks.Require(to.Sub(from) <= MaxCalendarDays*24*time.Hour, "to", "too-far", "Ask for at most 62 days at once.")
	checks.Require(from.Year() >= 1970 && to.Year() < 2100, "from", "out-of-range", "This date is too far away.")
	return checks.Err()
}

// entry tells one visit, and the line of the read where the patient is named.
func (c *Service) entry(ctx context.Context, actor models.Actor, v Visit, p schedule.Participant, zone string) (CalendarEntry, *store.Op, error) {
	e := CalendarEntry{AppointmentID: v.ID, Status: v.Status, Start: p.Start, End: p.End, Local: localTime(zone, p.Start, p.End),
		HoldUntil: v.HoldUntil, Modality: v.Modality, NoRoom: v.withoutRoom()}
	for _, q := range v.Participants {
		if q.Status == schedule.NeedsAction || q.Status == schedule.Tentative {
			e.Unanswered++
		}
	}
	if v.PatientID == "" { // a conference: what it is about stands in its agenda
		e.VisitType, e.JoinWindow = v.VisitType, v.joinWindowFor(actor)
	}
	ch, err := c.peek(ctx, actor, v.PatientID)
	if err != nil || ch == nil {
		return e, nil, err
	}
	profile, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.PatientID)
	if err != nil {
		return e, nil, err
	}
	e.VisitType, e.PatientID, e.PatientName, e.JoinWindow = v.VisitType, v.PatientID, profile.Value.Name, v.joinWindowFor(actor)
	l := ch.chart.Event(ch.chart.Decide(models.SectionAppointments, models.Read), "appointments.read")
	l.Ref, l.Count = v.ID, 1
	op, err := chart.AuditOp(l)
	return e, &op, err
}

// noteAll writes many lines before data leaves, in as few commits as fit.
func (c *Service) noteAll(ctx context.Context, e models.AuditEvent, lines []store.Op) error {
	own, err := chart.AuditOp(e)
	if err != nil {
		return err
	}
	return c.noteEvents(ctx, append(lines, own))
}

// noteEvents writes lines in as few commits as fit.
func (c *Service) noteEvents(ctx context.Context, lines []store.Op) error {
	for part := range slices.Chunk(lines, store.MaxBatch) {
		if err := c.store.Batch(ctx, part...); err != nil {
			return chart.Refusal(err)
		}
	}
	return nil
}

// visitsOf finds the visits that somebody's claims name and that touch a piece of
// time, by start. Those of people who were erased are left out.
func (c *Service) visitsOf(ctx context.Context, who string, from, to time.Time) ([]chart.Versioned[Visit], error) {
	span := schedule.SpanOf(from, to)
	l, err := c.readLedgers(ctx, []string{who}, span)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, claim := range l.claims(nil)[who] {
		if claim.Live(c.now().Unix()) && claim.Overlaps(span) {
			ids = append(ids, claim.Visit)
		}
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColVisits, ids...); err != nil {
		return nil, err
	}
	var out []chart.Versioned[Visit]
	for _, id := range ids {
		v, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, id)
		if models.KindOf(err) == models.KindNotFound {
			continue
		} else if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b chart.Versioned[Visit]) int {
		return cmp.Or(a.Value.Start.Compare(b.Value.Start), cmp.Compare(a.Value.ID, b.Value.ID))
	})
	return out, nil
}

// patientsOf are the patients of visits, each once.
func patientsOf(visits []chart.Versioned[Visit]) (out []string) {
	for _, v := range visits {
		if id := v.Value.PatientID; id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// readNames reads ahead what nameOf asks for.
func (c *Service) readNames(ctx context.Context, ahead *chart.Ahead, visits []chart.Versioned[Visit]) error {
	var accounts, things []string
	for _, v := range visits {
		for _, p := range v.Value.Participants {
			switch p.Kind {
			case schedule.Patient:
			case schedule.Resource:
				things, accounts = append(things, p.Who), append(accounts, p.Who) // an interpreter has an account
			default:
				accounts = append(accounts, p.Who)
			}
		}
	}
	if err := ahead.Read(ctx, c.store, chart.ColAccounts, accounts...); err != nil {
		return err
	}
	return ahead.Read(ctx, c.store, chart.ColResources, things...)
}

// Ahead lists the visits that somebody is still to come to, by start, and those of the
// next MaxCalendarDays days at most: for the office, when they leave.
func (i *Inside) Ahead(ctx context.Context, accountID string) ([]Visit, error) {
	now := i.service.now()
	found, err := i.service.visitsOf(ctx, accountID, now, now.AddDate(0, 0, MaxCalendarDays))
	var out []Visit
	for _, v := range found {
		if slices.ContainsFunc(v.Value.Participants, func(p schedule.Participant) bool { return p.Who == accountID && p.Status != schedule.Declined }) {
			out = append(out, v.Value)
		}
	}
	return out, err
}

// withoutRoom tells whether people meet and no room is taken: an interpreter is asked for by a language, and is none.
func (v Visit) withoutRoom() bool {
	if v.Modality != schedule.InPerson {
		return false
	}
	for _, p := range v.Participants {
		speaks := slices.ContainsFunc(v.Ask.Roles, func(r VisitRole) bool { return r.Key == p.Role && r.Language != "" })
		if p.Kind == schedule.Resource && !speaks && p.Status != schedule.Declined {
			return false
		}
	}
	return true
}
