package visits

import (
	"context"
	"errors"
	"sync"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
	"handrail/store/aside"
)

// How many calendars one round reads, and how many of them at once.
const (
	busyRound    = 60
	busyTogether = 4
	busyLease    = 2 * time.Minute // for which another instance leaves a calendar alone
)

// readBusy asks a calendar elsewhere and notes what it said. One that can't be read
// keeps the busy times that it had: somebody who may be busy is not booked.
func (c *Service) readBusy(ctx context.Context, b busyCalendar) busyCalendar {
	now := c.now().UTC()
	home, err := c.homeOf(ctx, b.AccountID)
	if err != nil {
		return b.failed(err, now)
	}
	q := BusyQuestion{URL: b.URL, From: now.AddDate(0, 0, -busyBack), To: now.AddDate(0, 0, schedule.MaxHorizon+1), Home: home}
	if b.WholeAt != nil && now.Sub(*b.WholeAt) < busyWhole {
		q.ETag, q.Modified = b.ETag, b.Modified
	}
	answer, err := c.busySource.Busy(ctx, q)
	if err != nil {
		return b.failed(err, now)
	}
	b.ReadAt, b.Failure, b.Failures, b.DueAt = &now, nil, 0, now.Add(busyEvery)
	if answer.Same {
		return b
	}
	b.ETag, b.Modified, b.WholeAt, b.Unread, b.Odd, b.Times = answer.ETag, answer.Modified, &now, answer.Unread, answer.Odd, answer.Times
	return b
}

// failed notes a failure, for whoever looks at their hours, and tries again later
// and later.
func (b busyCalendar) failed(err error, now time.Time) busyCalendar {
	f := BusyFailure{Code: "calendar-not-reached", Text: "We can't reach this address right now.", Since: b.SetAt}
	var known *models.Error
	if errors.As(err, &known) {
		f.Code, f.Text = known.Code, known.Text
	}
	if b.ReadAt != nil {
		f.Since = *b.ReadAt
	}
	b.Failures++
	b.Failure, b.DueAt = &f, now.Add(min(busyEvery<<min(b.Failures-1, 10), busyEveryMax))
	return b
}

// homeOf is the clock that somebody lives by. Without it events that name no zone
// would be read at wrong times, so a look that fails is an error.
func (c *Service) homeOf(ctx context.Context, accountID string) (*schedule.Zone, error) {
	v, err := chart.Load[StoredAvailability](ctx, c.store, chart.ColAvailability, accountID)
	name := v.Value.Zone
	if models.KindOf(err) == models.KindNotFound {
		var a chart.Versioned[models.Account]
		a, err = chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
		name = a.Value.Zone
	}
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	return schedule.LoadZone(c.base.Zone(accountID, name))
}

// RefreshBusyCalendars reads the calendars elsewhere that are due. A worker calls it
// every minute; when it is due stands in the store, so that any instance may do it
// and a restart loses nothing. One that can't be read or written in the store is set
// aside.
func (c *Service) RefreshBusyCalendars(ctx context.Context) error {
	if c.busySource == nil {
		return nil
	}
	round, err := c.aside.Round(ctx, workBusy)
	if err != nil {
		return chart.Refusal(err)
	}
	due, err := c.base.Due(ctx, chart.ColBusy, busyRound, round)
	if err != nil {
		return chart.Refusal(err)
	}
	errs := make([]error, len(due))
	turn := make(chan struct{}, busyTogether)
	var all sync.WaitGroup
	for i, d := range due {
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			errs[i] = round.Do(ctx, d.ID, func() error {
				v, err := chart.Readable[busyCalendar](d)
				if err == nil && v.Value.AccountID != d.ID {
					err = aside.ErrUnreadable
				}
				if err != nil {
					return err
				}
				return c.refreshBusy(ctx, v)
			})
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// workBusy is the worker that reads calendars elsewhere.
const workBusy = "busy-calendars"

// refreshBusy takes one calendar for itself, reads it and keeps what it said.
func (c *Service) refreshBusy(ctx context.Context, v chart.Versioned[busyCalendar]) error {
	failing := v.Value.Failure
	v.Value.DueAt = c.now().Add(busyLease)
	op, err := busyOp(v)
	if err != nil {
		return err
	}
	if err := chart.Refusal(c.store.Batch(ctx, op)); models.KindOf(err) == models.KindStale || models.KindOf(err) == models.KindNotFound {
		return nil // another instance reads it, or its owner changed it
	} else if err != nil {
		return err
	}
	v.Version++
	v.Value = c.readBusy(ctx, v.Value)
	if op, err = busyOp(v); err != nil {
		return err
	}
	ops := []store.Op{op}
	if f := v.Value.Failure; f != nil && (failing == nil || failing.Code != f.Code) {
		e := c.base.AuditEvent(chart.SystemActor, "busy-calendar.failed")
		e.Ref, e.Rule = v.Value.AccountID, f.Code
		line, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, line)
	}
	err = chart.Refusal(c.store.Batch(ctx, ops...))
	if models.KindOf(err) == models.KindStale || models.KindOf(err) == models.KindNotFound {
		return nil // changed by its owner meanwhile: theirs holds
	}
	c.busy.Remove(v.Value.AccountID)
	return err
}
