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
	lines, err := p.care.Upkeep.LinesAfter(ctx, from, page)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	fresh := lines[:0:0]
	for _, l := range lines {
		if !p.seen[l.ID] {
			fresh = append(fresh, l)
		}
	}
	if err := p.do(ctx, t, fresh); err != nil {
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

// The two things that this worker sets aside: patients, and lines of the log.
const (
	workPatients = "planning"
	workLines    = "planning-log"
)

// turn knows what rests.
type turn struct{ patients, lines *aside.Round }

func (p *Planner) begin(ctx context.Context) (t turn, err error) {
	if t.patients, err = p.aside.Round(ctx, workPatients); err != nil {
		return t, err
	}
	t.lines, err = p.aside.Round(ctx, workLines)
	return t, err
}

// do has the consequences of lines: each patient is planned once, whatever the
// number of lines about them. What one line or one patient makes impossible is set
// aside and holds up nothing else.
func (p *Planner) do(ctx context.Context, t turn, lines []models.AuditLine) error {
	patients, interpreters := map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		if err := t.lines.Do(ctx, l.ID, func() error { return errors.Join(p.one(ctx, l), p.ofVisit(ctx, l, interpreters)) }); err != nil {
			return err
		}
		if l.Outcome == models.OutcomeAllowed && l.PatientID != "" && (l.Changed || plans[l.Action]) {
			patients[l.PatientID] = true
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
	for _, l := range lines { // a patient must be known before they can be told something
		if err := t.lines.Do(ctx, l.ID, func() error { return p.news(ctx, l) }); err != nil {
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
	if l.Action == upkeep.UnreadableLine {
		return aside.ErrUnreadable
	}
	if l.Outcome != models.OutcomeAllowed {
		return nil
	}
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
		lines, err := p.care.Upkeep.LinesAfter(ctx, id, 1)
		if err != nil {
			return err
		}
		if len(lines) == 0 || lines[0].ID != id {
			if err := t.lines.Well(ctx, id); err != nil {
				return err
			}
			continue
		}
		if err := t.lines.Do(ctx, id, func() error {
			if err := p.one(ctx, lines[0]); err != nil {
				return err
			}
			return p.news(ctx, lines[0])
		}); err != nil {
			return err
		}
	}
	return nil
}
