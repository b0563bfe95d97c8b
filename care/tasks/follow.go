package tasks

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// workTasks is the worker that reminds, and moves on what its owner can't answer for.
const workTasks = "tasks"

// Follow does what is due. It is run by any number of instances: each step is written
// at the version that was read, so that it happens once.
func (c *Service) Follow(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workTasks)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.EachDue(ctx, c.base, chart.ColTasks, round, func(v kept) error {
		next, err := c.checked(ctx, v.Value)
		if err == nil && !c.now().Before(next.ShiftEnds) {
			next, err = c.shifted(ctx, next)
		}
		if err != nil {
			return err
		}
		var also []store.Op
		if chart.SameJSON(next, v.Value) {
			if next, also, err = c.late(ctx, next); err != nil || chart.SameJSON(next, v.Value) {
				return err
			}
		}
		ops, err := c.ops(kept{Value: next, Version: v.Version}, v.Value, chart.SystemActor, "")
		if err != nil {
			return err
		}
		err = chart.Refusal(c.store.Batch(ctx, append(ops, also...)...))
		if models.KindOf(err) == models.KindStale {
			return nil // another instance, or a person, was faster
		}
		return err
	})
}

// late is what becomes of a task whose time has come: its owner is reminded, or, of
// a code that goes up, somebody else is asked.
func (c *Service) late(ctx context.Context, t task.Task) (task.Task, []store.Op, error) {
	if up := c.goUp[t.Code]; up != nil && !t.Status.Ended() && !c.now().Before(t.RemindAt) {
		next, ops, err := up(ctx, t)
		if err != nil || !chart.SameJSON(next, t) {
			return next, ops, err
		}
	}
	next, _ := t.Remind(c.now().UTC())
	return next, nil, nil
}

// checked is a task as it has to stand now: with an owner who can answer for it, and
// asked of nobody who could not.
func (c *Service) checked(ctx context.Context, t task.Task) (task.Task, error) {
	answers := func(accountID string) (bool, error) { return c.answers(ctx, accountID, t) }
	return t.Settled(answers, func(t task.Task) (task.Person, error) { return c.next(ctx, t) }, c.now().UTC())
}

// Recheck moves the open tasks about a patient on whose owner can't answer for them any
// more. A worker calls it when a team or a consent has changed.
func (c *Service) Recheck(ctx context.Context, patientID string) error {
	return c.each(ctx, store.Query{Index: "openOf", Equal: []any{patientID}}, c.checked)
}

// RecheckOwner is Recheck for the tasks of an account that was stopped, and those that
// it was asked to take.
func (c *Service) RecheckOwner(ctx context.Context, accountID string) error {
	return errors.Join(c.each(ctx, store.Query{Index: "openOwner", Equal: []any{accountID}}, c.checked),
		c.each(ctx, store.Query{Index: "openAsked", Equal: []any{accountID}}, c.checked))
}

// each has every task of a query stand as stands says.
func (c *Service) each(ctx context.Context, q store.Query, stands func(context.Context, task.Task) (task.Task, error)) error {
	found, _, err := chart.ReadableOnes[task.Task](ctx, c.store, chart.ColTasks, q, 0) // the worker sets aside what it can't read
	if err != nil {
		return err
	}
	var failed error
	for _, v := range found {
		_, err := c.change(ctx, v.Value.ID, chart.SystemActor, "", func(t task.Task) (task.Task, error) { return stands(ctx, t) })
		failed = errors.Join(failed, err)
	}
	return failed
}

// Tell is what a worker needs to know before it tells somebody of a task.
type Tell struct {
	Now bool   // there is still something to tell them
	Key string // names it: once for each
}

// Tells tells whether somebody is to be told of a task at this moment: who owns it, or
// was asked.
func (c *Service) Tells(ctx context.Context, id, accountID string) (Tell, error) {
	v, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id)
	if models.KindOf(err) == models.KindNotFound {
		return Tell{}, nil
	}
	t := v.Value
	mine := t.Owner.AccountID == accountID || t.Asked != nil && t.Asked.AccountID == accountID
	return Tell{!t.Status.Ended() && mine, t.ID}, err
}

// EndOps complete the open tasks about an alert that has ended: one matter has one
// close.
func (c *Service) EndOps(ctx context.Context, actor models.Actor, alertID string) ([]store.Op, error) {
	found, _, err := chart.ReadableOnes[task.Task](ctx, c.store, chart.ColTasks, store.Query{Index: "openFocus", Equal: []any{focusKey(task.FocusAlert, alertID)}}, 0)
	if err != nil {
		return nil, err
	}
	var ops []store.Op
	for _, v := range found[:min(len(found), 20)] { // what a batch holds; none has so many
		next, err := v.Value.EndedWith(personOf(actor), c.now().UTC())
		if err != nil {
			return nil, err
		}
		more, err := c.ops(kept{Value: next, Version: v.Version}, v.Value, chart.SystemActor, "")
		if err != nil {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}
