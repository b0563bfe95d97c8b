package planning

import (
	"context"
	"errors"
	"slices"
	"strings"

	"handrail/care/upkeep"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// page is how many lines are read at once.
const page = 500

// Turn does what has come up since the last turn, here and at other instances, and
// gives an error when it must be tried again.
func (p *Planner) Turn(ctx context.Context) error {
	return errors.Join(p.care.Upkeep.LookForLines(ctx), p.Work(ctx))
}

// Work does what this instance knows of since the last time, and asks the store for
// nothing when that is nothing. Of several instances one follows the log; when it dies,
// another goes on within a lease.
func (p *Planner) Work(ctx context.Context) error {
	mine, err := p.take(ctx)
	if err != nil {
		return err
	}
	if !mine {
		p.lines.Take() // another instance does them
		p.known = false
		return nil
	}
	t, err := p.begin(ctx)
	if err != nil {
		return err // what has come waits for the next turn
	}
	events, lost := p.lines.Take()
	err = p.follow(ctx, t, events, !p.known || lost)
	if p.known = err == nil; errors.Is(err, store.ErrConflict) {
		return nil // this took so long that another instance goes on
	}
	if err != nil {
		return err
	}
	return errors.Join(p.retry(ctx, t), p.look(ctx, t))
}

// follow does lines; with behind, it reads first what else has come since the cursor.
func (p *Planner) follow(ctx context.Context, t turn, events []models.AuditEvent, behind bool) error {
	for from := p.cursor.lookFrom(); behind; {
		read, err := p.care.Upkeep.EventsAfter(ctx, from, page)
		if err != nil {
			return err
		}
		if err := p.some(ctx, t, read); err != nil {
			return err
		}
		if behind = len(read) == page; behind {
			from = read[page-1].ID + "0" // the first id after it
		}
	}
	for some := range slices.Chunk(events, page) {
		if err := p.some(ctx, t, some); err != nil {
			return err
		}
	}
	p.forget(p.cursor.lookFrom())
	return nil
}

// some does lines that were not done yet, and moves the cursor behind them.
func (p *Planner) some(ctx context.Context, t turn, events []models.AuditEvent) error {
	fresh := slices.DeleteFunc(slices.Clone(events), func(e models.AuditEvent) bool { return p.seen[e.ID] })
	if len(fresh) == 0 {
		return nil
	}
	if err := p.do(ctx, t, fresh); err != nil {
		return err
	}
	last := ""
	for _, e := range fresh {
		p.seen[e.ID] = true
		last = max(last, e.ID)
	}
	p.cursor.advance(last, p.wall())
	return p.keep(ctx)
}

// forget drops what can't be read again.
func (p *Planner) forget(before string) {
	for id := range p.seen {
		if id < before {
			delete(p.seen, id)
		}
	}
}

// The two things that this worker sets aside: patients, and lines of the log.
const (
	workPatients = "planning"
	workEvents   = "planning-log"
)

// turn knows what rests.
type turn struct{ patients, lines *aside.Round }

func (p *Planner) begin(ctx context.Context) (t turn, err error) {
	if t.patients, err = p.aside.Round(ctx, workPatients); err != nil {
		return t, err
	}
	t.lines, err = p.aside.Round(ctx, workEvents)
	return t, err
}

// do has the consequences of lines: each patient is planned once, whatever the
// number of lines about them. What one line or one patient makes impossible is set
// aside and holds up nothing else.
func (p *Planner) do(ctx context.Context, t turn, events []models.AuditEvent) error {
	patients, guests := map[string]bool{}, map[string]bool{}
	for _, e := range events {
		if err := t.lines.Do(ctx, e.ID, func() error {
			return errors.Join(p.one(ctx, e), p.ofVisit(ctx, e, guests), p.care.People.Changed(ctx, e))
		}); err != nil {
			return err
		}
		if e.Outcome == models.OutcomeAllowed && e.PatientID != "" && (e.Changed || plans[e.Action]) {
			patients[e.PatientID] = true
		}
	}
	for id := range patients {
		if err := p.try(ctx, t, id); err != nil {
			return err
		}
	}
	for id := range guests {
		if err := t.patients.Do(ctx, guestKey+id, func() error { return p.guest(ctx, id) }); err != nil {
			return err
		}
	}
	for _, e := range events { // a patient must be known before they can be told something
		if err := t.lines.Do(ctx, e.ID, func() error { return p.news(ctx, e) }); err != nil {
			return err
		}
	}
	return nil
}

// plans are the lines about a patient that are no change of the chart and want a
// plan all the same.
var plans = map[string]bool{"account.created": true, "account.active": true, "account.suspended": true, "waitlist.offered": true}

// one does what a line asks for that is not about a plan.
func (p *Planner) one(ctx context.Context, e models.AuditEvent) error {
	if e.Action == upkeep.UnreadableEvent {
		return aside.ErrUnreadable
	}
	if e.Outcome != models.OutcomeAllowed {
		return nil
	}
	switch e.Action {
	case "session.ended":
		return p.notify.SessionEnded(ctx, e.Ref)
	case "account.suspended":
		return p.notify.AccountEnded(ctx, e.Ref)
	case "appointment.noshow":
		patient, before, ok, err := p.care.Upkeep.NoShow(ctx, e.Ref)
		if err != nil || !ok {
			return err
		}
		return p.care.Alerts.VisitMissed(ctx, patient, e.Ref, before)
	case "account.created":
		if e.PatientID == "" {
			return p.people(ctx, e.Ref)
		}
	}
	return nil
}

// try plans a patient, unless they rest.
func (p *Planner) try(ctx context.Context, t turn, patientID string) error {
	return t.patients.Do(ctx, patientID, func() error { return p.plan(ctx, patientID) })
}

// retry does again what was set aside and whose time has come.
func (p *Planner) retry(ctx context.Context, t turn) error {
	for _, id := range t.patients.Due() {
		if account, is := strings.CutPrefix(id, guestKey); is {
			if err := t.patients.Do(ctx, id, func() error { return p.guest(ctx, account) }); err != nil {
				return err
			}
			continue
		}
		if err := p.try(ctx, t, id); err != nil {
			return err
		}
	}
	for _, id := range t.lines.Due() {
		events, err := p.care.Upkeep.EventsAfter(ctx, id, 1)
		if err != nil {
			return err
		}
		if len(events) == 0 || events[0].ID != id {
			if err := t.lines.Well(ctx, id); err != nil {
				return err
			}
			continue
		}
		if err := t.lines.Do(ctx, id, func() error {
			if err := p.one(ctx, events[0]); err != nil {
				return err
			}
			return p.news(ctx, events[0])
		}); err != nil {
			return err
		}
	}
	return nil
}
