package planning

import (
	"context"
	"errors"

	"handrail/models"
	"handrail/store"
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
	for from := c.lookFrom(); from != ""; {
		from, err = p.follow(ctx, &c, from)
		if errors.Is(err, store.ErrConflict) {
			return nil // this took so long that another instance goes on
		}
		if err != nil {
			return err
		}
	}
	p.forget(c.lookFrom())
	return errors.Join(p.retry(ctx), p.look(ctx))
}

// follow does one page of lines, moves the cursor behind it, and tells where the next
// page begins; "" at the end. A patient who can't be planned does not hold up the
// others: they are tried again, and found again by the look at everybody if the
// program ends before that.
func (p *Planner) follow(ctx context.Context, c *cursor, from string) (next string, err error) {
	lines, err := p.care.LinesAfter(ctx, from, page)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	fresh := lines[:0:0]
	for _, l := range lines {
		if !p.seen[l.ID] {
			fresh = append(fresh, l)
		}
	}
	if err := p.do(ctx, fresh); err != nil {
		return "", err
	}
	for _, l := range fresh {
		p.seen[l.ID] = true
	}
	last := lines[len(lines)-1].ID
	c.advance(last, p.wall())
	if len(lines) == page {
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

// do has the consequences of lines: each patient is planned once, whatever the
// number of lines about them.
func (p *Planner) do(ctx context.Context, lines []models.AuditLine) error {
	patients := map[string]bool{}
	for _, l := range lines {
		if l.Outcome != models.OutcomeAllowed {
			continue
		}
		if err := p.one(ctx, l); err != nil {
			return err
		}
		if l.PatientID != "" && (l.Changed || plans[l.Action]) {
			patients[l.PatientID] = true
		}
	}
	for id := range patients {
		if err := p.try(ctx, id); err != nil {
			return err
		}
	}
	for _, l := range lines { // a patient must be known before they can be told something
		if l.PatientID == "" || l.Outcome != models.OutcomeAllowed {
			continue
		}
		if err := p.news(ctx, l); err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
	}
	return nil
}

// plans are the lines about a patient that are no change of the chart and want a
// plan all the same.
var plans = map[string]bool{"account.created": true, "account.active": true, "account.suspended": true, "waitlist.offered": true}

// one does what a line asks for that is not about a plan.
func (p *Planner) one(ctx context.Context, l models.AuditLine) error {
	switch l.Action {
	case "session.ended":
		return p.notify.SessionEnded(ctx, l.Ref)
	case "account.suspended":
		return p.notify.AccountEnded(ctx, l.Ref)
	case "account.created":
		if l.PatientID == "" {
			return p.people(ctx, l.Ref)
		}
	}
	return nil
}

// maxTries is how often a patient is tried again at once before only the look at
// everybody does.
const maxTries = 20

// try plans a patient; what fails for this patient alone is kept for the next turn.
func (p *Planner) try(ctx context.Context, patientID string) error {
	err := p.plan(ctx, patientID)
	switch {
	case err == nil:
		delete(p.again, patientID)
	case ctx.Err() != nil, errors.Is(err, store.ErrUnavailable), models.KindOf(err) == models.KindUnavailable:
		return err
	default:
		if p.again[patientID]++; p.again[patientID] == 1 {
			p.log.Error("reminders of a patient can't be planned", "patient", patientID, "cause", err.Error())
		}
	}
	return nil
}

func (p *Planner) retry(ctx context.Context) error {
	for id, n := range p.again {
		if n >= maxTries {
			delete(p.again, id)
			continue
		}
		if err := p.try(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
