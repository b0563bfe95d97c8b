package planning

import (
	"context"
	"errors"
	"strings"

	"handrail/care/upkeep"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// page is how many lines are read at once.
const page = 500

// Turn does what has come up since the last turn, and gives an error when it must be
// tried again. Of several instances one follows the log; when it dies, another goes
// on within a lease.
func (p *Planner) Turn(ctx context.Context) error {
	c, mine, err := p.take(ctx)
	if err != nil || !mine {
		return err
	}
	t, err := p.begin(ctx)
	if err != nil {
		return err
	}
	for from := c.lookFrom(); from != ""; {
		from, err = p.follow(ctx, &c, t, from)
		if errors.Is(err, store.ErrConflict) {
			return nil // this took so long that another instance goes on
		}
		if err != nil {
			return err
		}
	}
	p.forget(c.lookFrom())
	return errors.Join(p.retry(ctx, t), p.look(ctx, t))
}

// follow does one page of lines, moves the cursor behind it, and tells where the next
// page begins; "" at the end.
func (p *Planner) follow(ctx context.Context, c *cursor, t turn, from string) (next string, err error) {
	events, err := p.care.Upkeep.EventsAfter(ctx, from, page)
	if err != nil || len(events) == 0 {
		return "", err
	}
	fresh := events[:0:0]
	for _, e := range events {
		if !p.seen[e.ID] {
			fresh = append(fresh, e)
		}
	}
	if err := p.do(ctx, t, fresh); err != nil {
		return "", err
	}
	for _, e := range fresh {
		p.seen[e.ID] = true
	}
	last := events[len(events)-1].ID
	c.advance(last, p.wall())
	if len(events) == page {
		next = last + "0" // the first id after it
	}
	return next, p.keep(ctx, c)
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
	patients, interpreters := map[string]bool{}, map[string]bool{}
	for _, e := range events {
		if err := t.lines.Do(ctx, e.ID, func() error { return errors.Join(p.one(ctx, e), p.ofVisit(ctx, e, interpreters)) }); err != nil {
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
	for id := range interpreters {
		if err := t.patients.Do(ctx, interpreterKey+id, func() error { return p.interpreter(ctx, id) }); err != nil {
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
		if account, is := strings.CutPrefix(id, interpreterKey); is {
			if err := t.patients.Do(ctx, id, func() error { return p.interpreter(ctx, account) }); err != nil {
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
