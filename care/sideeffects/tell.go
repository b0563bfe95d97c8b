package sideeffects

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/phrases"
	"handrail/models/risk"
	"handrail/models/sideeffect"
	"handrail/models/task"
	"handrail/store"
	"handrail/store/aside"
)

// LineTold is the action of a line that says that a side effect was told.
const LineTold = "side-effect.told"

// How soon its owner looks at one, by how bad it is [P].
var within = map[string]time.Duration{"mild": 5 * 24 * time.Hour, "moderate": 2 * 24 * time.Hour, "severe": 12 * time.Hour}

const seriousWithin = time.Hour

// Tell takes what somebody tells of a side effect: the patient, or their team for them.
// The same call again is the same report. A serious one raises its alert in the same
// batch.
func (ch *Part) Tell(ctx context.Context, id string, t sideeffect.Terms) (sideeffect.Report, error) {
	m, err := ch.medicine(ctx, t.MedicineID)
	s := section(m.UseRelated)
	d, refused := ch.chart.May(ctx, s, models.Write)
	if refused != nil {
		return sideeffect.Report{}, refused
	}
	stands, loaded := chart.Load[sideeffect.Report](ctx, ch.care.store, chart.ColSideEffects, id)
	if models.KindOf(loaded) != models.KindNotFound { // sent before: the medicine may be gone meanwhile
		if loaded == nil && (stands.Value.PatientID != ch.patient || stands.Value.By.AccountID != ch.actor.AccountID || !slices.Equal(stands.Value.Effects, t.Effects) || stands.Value.Words != t.Words) {
			loaded = chart.Refusal(store.ErrExists)
		}
		return ch.shown(stands.Value), loaded
	}
	if err != nil {
		return sideeffect.Report{}, err
	}
	r, err := sideeffect.Tell(id, ch.patient, t, m, models.AuthorOf(ch.actor), ch.care.now().UTC())
	if err != nil {
		return r, err
	}
	for {
		ops, err := ch.care.alertOps(ctx, &r)
		if err != nil {
			return r, err
		}
		op, err := reportOp(kept{Value: r})
		if err != nil {
			return r, err
		}
		err = ch.chart.Commit(ctx, d, LineTold, id, append(ops, op)...)
		switch k := models.KindOf(err); {
		case k == models.KindStale && ctx.Err() == nil:
			continue // an alert of this patient was written meanwhile
		case k == models.KindConflict:
			if stands, failed := chart.Load[sideeffect.Report](ctx, ch.care.store, chart.ColSideEffects, id); failed == nil && stands.Value.PatientID == ch.patient && stands.Value.By.AccountID == ch.actor.AccountID {
				return ch.shown(stands.Value), nil // the same call, twice at once
			}
		}
		return ch.shown(r), err
	}
}

// alertOps are the alerts of a report, for its own batch. What of the alerts can't be read
// keeps no report from being taken: the worker comes back to it. Alerted says that it is
// done.
func (c *Service) alertOps(ctx context.Context, r *sideeffect.Report) (ops []store.Op, err error) {
	fired := c.fired(*r)
	if len(fired) == 0 {
		r.Alerted = true
		return nil, nil
	}
	err = aside.Safely(func() error {
		ops, err = c.alerts.FiredOps(ctx, r.PatientID, fired...)
		return err
	})
	if err != nil && (ctx.Err() != nil || aside.Stops(err)) {
		return nil, err
	}
	r.Alerted = err == nil
	return ops, nil
}

// fired is what a report asks somebody to look at: what is serious, and words of somebody
// outside of the clinic that may mean danger.
func (c *Service) fired(r sideeffect.Report) []risk.Evidence {
	now := c.now().UTC()
	out := r.Fired(now)
	if r.By.Role.Staff() {
		return out
	}
	return append(out, risk.Words(phrases.Find(r.Words), risk.FromPerson, r.ID, now)...)
}

// Follow does what a line of the log asks for: the task of a side effect, and the alert
// that could not be raised with it. It may be called again for the same line.
func (c *Service) Follow(ctx context.Context, e models.AuditEvent) error {
	if e.Action != LineTold || e.Outcome != models.OutcomeAllowed {
		return nil
	}
	for {
		v, err := chart.Load[sideeffect.Report](ctx, c.store, chart.ColSideEffects, e.Ref)
		if err != nil || v.Value.Answer != nil {
			return chart.UnlessGone(err)
		}
		alerts, late := c.lateOps(ctx, &v.Value)
		ops, err := c.workOps(ctx, &v.Value)
		if ops = append(ops, alerts...); err != nil || len(ops) == 0 {
			return chart.UnlessGone(errors.Join(late, err))
		}
		op, err := reportOp(v)
		if err != nil {
			return err
		}
		err = chart.Refusal(c.store.Batch(ctx, append(ops, op)...))
		if k := models.KindOf(err); k != models.KindStale && k != models.KindConflict || ctx.Err() != nil {
			return errors.Join(late, err) // the task is made, also where nobody could be alerted yet
		}
	}
}

// lateOps are the alerts that could not be raised with the report; where they still can't
// be, err says so, and the rest of the work goes on.
func (c *Service) lateOps(ctx context.Context, r *sideeffect.Report) (ops []store.Op, err error) {
	if !r.Alerted {
		ops, err = c.alerts.FiredOps(ctx, r.PatientID, c.fired(*r)...)
		r.Alerted = err == nil
	}
	return ops, err
}

// workOps are the task of a report; none where it was made before.
func (c *Service) workOps(ctx context.Context, r *sideeffect.Report) ([]store.Op, error) {
	if r.TaskID != "" {
		return nil, nil
	}
	to, err := c.owner(ctx, *r)
	if err != nil {
		return nil, err
	}
	o := task.Order{Code: task.CodeSideEffect, PatientID: r.PatientID, Focus: focusOf(*r), Priority: task.Routine, DueAt: r.At.Add(within[r.Severity]), To: to}
	switch {
	case r.Serious:
		o.Priority, o.DueAt = task.ASAP, r.At.Add(seriousWithin)
	case r.Severity == "severe":
		o.Priority = task.Urgent
	}
	id, ops, err := c.tasks.AskOps(ctx, o, r.ID)
	r.TaskID = id
	return ops, err
}

// owner is who is asked: who watches this medicine by the agreement, else who prescribes
// it; "" leaves it to the patient's team.
func (c *Service) owner(ctx context.Context, r sideeffect.Report) (string, error) {
	if r.MedicineID == "" {
		return "", nil
	}
	m, err := c.list.Line(ctx, r.PatientID, r.MedicineID)
	if err != nil {
		return "", chart.UnlessGone(err)
	}
	if account, ok, err := c.agreed.Watcher(ctx, m); ok || err != nil {
		return account, err
	}
	if m.Prescriber != nil {
		return m.Prescriber.AccountID, nil
	}
	return "", nil
}

func focusOf(r sideeffect.Report) *task.Reference {
	if r.UseRelated {
		return &task.Reference{Type: task.FocusUseSideEffect, ID: r.ID}
	}
	return &task.Reference{Type: task.FocusSideEffect, ID: r.ID}
}
