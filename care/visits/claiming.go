package visits

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// maxTries bounds how often a step that lost a race is begun again. Whoever loses
// has seen somebody win, so the ledger of one day would have to change that often
// within one request.
const maxTries = 100

// step is one change of visits that takes or gives back time.
type step struct {
	ledgers ledgers
	release []schedule.Claim
	take    []schedule.Claim
	same    []schedule.LedgerKey // to be replaced unchanged (VisitType.PerDay)
	ops     []store.Op
	event   models.AuditEvent   // what happened; left out where each visit has one of lines
	events  []models.AuditEvent // of several visits
	quiet   bool                // time that is given back is not told to those who wait
	done    bool                // nothing is to be written: an earlier call did it
}

// change adds what a visit gives back and takes.
func (s *step) change(before, after schedule.Appointment) {
	release, take := schedule.Change(before, after)
	s.release, s.take = append(s.release, release...), append(s.take, take...)
}

// settle plans a step, writes it with all its claims in one batch, and begins anew
// when somebody else was faster. plan reads everything afresh.
func (c *Service) settle(ctx context.Context, plan func() (*step, error)) error {
	for try := 0; try < maxTries; try++ {
		s, err := plan()
		if err != nil || s.done {
			return err
		}
		ops, err := c.stepOps(ctx, s)
		if err != nil {
			return err
		}
		err = c.store.Batch(ctx, ops...)
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) {
			return chart.Refusal(err)
		}
		if err := pause(ctx, try); err != nil {
			return chart.Refusal(err)
		}
	}
	return models.E(models.KindUnavailable, "calendar-busy", "Many people are booking right now. Please try again in a moment.")
}

// pause lets the others finish, longer with each try and not in step with them.
func pause(ctx context.Context, try int) error {
	t := time.NewTimer(rand.N(time.Duration(min(try+1, 10)) * time.Millisecond))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// stepOps makes the batch of a step.
func (c *Service) stepOps(ctx context.Context, s *step) ([]store.Op, error) {
	touched := schedule.Ledgers(append(append([]schedule.Claim(nil), s.release...), s.take...)...)
	if err := c.complete(ctx, s.ledgers, append(touched, s.same...)); err != nil {
		return nil, err
	}
	changed, clashes, err := schedule.Settle(s.ledgers.have, s.release, s.take, c.now().Unix())
	if err != nil {
		return nil, err
	}
	if len(clashes) > 0 {
		return nil, notPossible(schedule.Explanation{Conflicts: schedule.Conflicts(clashes)})
	}
	ops, err := s.ledgers.ops(changed, s.same)
	if err != nil {
		return nil, err
	}
	told, err := c.freedOps(ctx, s)
	if err != nil {
		return nil, err
	}
	ops = append(append(ops, told...), s.ops...)
	if s.event.Action != "" {
		s.events = append(s.events, s.event)
	}
	for _, e := range s.events {
		line, err := chart.AuditOp(e)
		if err != nil {
			return nil, err
		}
		ops = append(ops, line)
	}
	if len(ops) > store.MaxBatch {
		return nil, models.E(models.KindInvalid, "too-large-a-visit", "These are too many people or visits for one step. Please book fewer at a time.")
	}
	return ops, nil
}

// NotPossible is a refusal of a time, with every reason and what is near.
type NotPossible struct {
	schedule.Explanation
	Visits []SeriesVisit // of a series: those that can't be
	err    *models.Error
}

func notPossible(e schedule.Explanation) *NotPossible {
	return &NotPossible{Explanation: e, err: models.E(models.KindConflict, "time-not-possible", "The visit can't be at this time. See what is in the way, and the times near it.")}
}

func (n *NotPossible) Error() string { return n.err.Error() }

func (n *NotPossible) Unwrap() error { return n.err }
