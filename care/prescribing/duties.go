package prescribing

import (
	"context"
	"strconv"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/prescribing"
	"handrail/models/task"
	"handrail/store"
)

// workDuties is the worker that asks for what is due.
const workDuties = "prescribing-duties"

// Follow makes the tasks of the duties that are due. Any number of instances may run it:
// each step is written at the version that was read.
func (c *Service) Follow(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workDuties)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.EachDue(ctx, c.base, chart.ColDuties, round, func(v keptDuty) error {
		ops, err := c.dueOps(ctx, v)
		if models.KindOf(err) == models.KindNotFound {
			return nil // erased
		}
		if err != nil {
			return err
		}
		err = chart.Refusal(c.store.Batch(ctx, ops...))
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
			return nil // another instance, or a person, was faster
		}
		return err
	})
}

func (c *Service) dueOps(ctx context.Context, v keptDuty) ([]store.Op, error) {
	d := v.Value
	a, err := chart.Load[document](ctx, c.store, chart.ColAgreements, d.AgreementID)
	if err != nil {
		return nil, err
	}
	var ops []store.Op
	if a.Value.Agreement.Status.Holds() {
		due := d.DueAt
		if least := c.now().Add(time.Hour); due.Before(least) {
			due = least
		}
		o := task.Order{Code: task.CodeDuty, PatientID: d.PatientID, Focus: &task.Reference{Type: task.FocusDuty, ID: d.ID}, BasedOn: []task.Reference{{Type: "result", ID: d.What}},
			Priority: task.Routine, DueAt: due, To: d.Owner}
		if v.Value.TaskID, ops, err = c.tasks.AskOps(ctx, o, d.ID+":"+strconv.FormatInt(chart.Millis(d.DueAt), 10)); err != nil {
			return nil, err
		}
	} else {
		v.Value.Ended = true
	}
	op, err := dutyOp(v)
	return append(ops, op), err
}

// closeOps note a result of a duty, and end its task.
func (c *Service) closeOps(ctx context.Context, v keptDuty, r prescribing.Result, actor models.Actor) (ops []store.Op, err error) {
	if v.Value.TaskID != "" {
		ops, err = c.tasks.EndOps(ctx, actor, v.Value.TaskID)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
	}
	v.Value = v.Value.Close(r)
	op, err := dutyOp(v)
	return append(ops, op), err
}

// Tell does what a line of the log asks for: a result closes the duties that wait for it,
// and an agreement that ended asks nobody any more. It may be called again for the same
// line.
func (c *Service) Tell(ctx context.Context, e models.AuditEvent) error {
	if e.PatientID == "" || e.Outcome != models.OutcomeAllowed {
		return nil
	}
	switch e.Action {
	case "medicine.fact", "medicine.ordered", "medicine.added":
		return c.results(ctx, e.PatientID)
	case LineBegun, LineEnded:
		return c.endWork(ctx, e.PatientID)
	}
	return nil
}

// results close the duties whose result is known.
func (c *Service) results(ctx context.Context, patientID string) error {
	duties, err := c.duties(ctx, patientID)
	if err != nil || len(duties) == 0 {
		return err
	}
	facts, err := c.list.Facts(ctx, patientID)
	if err != nil {
		return err
	}
	for _, v := range duties {
		if err := c.again(ctx, v, func(v keptDuty) ([]store.Op, error) {
			r, ok := v.Value.ClosedBy(facts[v.Value.What])
			if !ok {
				return nil, nil
			}
			return c.closeOps(ctx, v, r, chart.SystemActor)
		}); err != nil {
			return err
		}
	}
	return nil
}

// endWork ends the duties of agreements that ended, with their tasks.
func (c *Service) endWork(ctx context.Context, patientID string) error {
	duties, err := c.duties(ctx, patientID)
	if err != nil {
		return err
	}
	for _, v := range duties {
		if err := c.again(ctx, v, func(v keptDuty) ([]store.Op, error) {
			a, err := chart.Load[document](ctx, c.store, chart.ColAgreements, v.Value.AgreementID)
			if err != nil || v.Value.Ended || a.Value.Agreement.Status != prescribing.Ended {
				return nil, err
			}
			var ops []store.Op
			if v.Value.TaskID != "" {
				if ops, err = c.tasks.EndOps(ctx, chart.SystemActor, v.Value.TaskID); err != nil && models.KindOf(err) != models.KindNotFound {
					return nil, err
				}
			}
			v.Value.Ended, v.Value.TaskID = true, ""
			op, err := dutyOp(v)
			return append(ops, op), err
		}); err != nil {
			return err
		}
	}
	return nil
}

// again makes a change of a duty until nobody came between; no ops are no change.
func (c *Service) again(ctx context.Context, v keptDuty, make func(keptDuty) ([]store.Op, error)) error {
	for {
		ops, err := make(v)
		if err != nil || len(ops) == 0 {
			return chart.UnlessGone(err)
		}
		err = chart.Refusal(c.store.Batch(ctx, ops...))
		if k := models.KindOf(err); k != models.KindStale && k != models.KindConflict || ctx.Err() != nil {
			return err
		}
		if v, err = chart.Load[prescribing.Duty](ctx, c.store, chart.ColDuties, v.Value.ID); err != nil {
			return chart.UnlessGone(err)
		}
	}
}
