package handoffs

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/handoff"
	"handrail/models/task"
	"handrail/store"
)

// GiveOps are those of Give for the batch of something that makes a handoff, such as a
// discharge, with the line that says so. Where t has no day of the move, it is today.
//
// Errors: those of Give.
func (ch *Part) GiveOps(ctx context.Context, id string, t handoff.Terms) ([]store.Op, error) {
	d, err := ch.mayGive(ctx)
	if err != nil {
		return nil, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return nil, err
	}
	where := ch.care.base.Location(ch.patient, p.Value.Zone)
	today := models.LocalDay(ch.care.now(), where)
	if t.Moves() && t.MovesOn == "" {
		t.MovesOn = today
	}
	if err := t.Check(ch.actor.AccountID, today); err != nil {
		return nil, err
	}
	_, ops, err := ch.beginOps(ctx, id, p.Value, t, where)
	if err != nil {
		return nil, err
	}
	e := ch.chart.Event(d, "handoff.given")
	e.Ref, e.Changed = id, true
	line, err := chart.AuditOp(e)
	return append(ops, line), err
}

// Accept says "I have this patient", with the read-back where one is needed. The leads
// that go with it are the receiver's in the same batch. Of several at once, one has it.
//
// Errors: forbidden not-asked; conflict handoff-ended; KindInvalid with "readBack".
func (ch *Part) Accept(ctx context.Context, id, readBack string) (View, error) {
	return ch.change(ctx, id, "handoff.accepted", func(h handoff.Handoff) (handoff.Handoff, []store.Op, error) {
		next, err := h.Accept(task.Person{AccountID: ch.actor.AccountID, Name: ch.actor.Name}, readBack, ch.care.now())
		if err != nil || h.Status != handoff.Requested {
			return next, nil, err
		}
		ops, err := ch.care.tasks.EndOps(ctx, ch.actor, h.TaskID)
		if err != nil {
			return next, nil, err
		}
		for _, lead := range h.Leads {
			more, _, err := ch.care.tasks.GiveOps(ctx, ch.actor, h.Giver.AccountID, lead)
			if err != nil && models.KindOf(err) != models.KindNotFound {
				return next, nil, err
			}
			ops = append(ops, more...)
		}
		return next, ops, nil
	})
}

// Cancel takes a handoff back that nobody has taken over.
//
// Errors: forbidden not-the-giver; conflict handoff-ended; KindInvalid with "note".
func (ch *Part) Cancel(ctx context.Context, id, note string) (View, error) {
	return ch.change(ctx, id, "handoff.cancelled", func(h handoff.Handoff) (handoff.Handoff, []store.Op, error) {
		next, err := h.Cancel(task.Person{AccountID: ch.actor.AccountID, Name: ch.actor.Name}, note, ch.care.now())
		if err != nil || h.Status != handoff.Requested {
			return next, nil, err
		}
		var ops []store.Op
		for _, t := range []string{h.TaskID, taskID(id, "callDay1"), taskID(id, "callDay7")} {
			more, err := ch.care.tasks.CallOffOps(ctx, ch.actor, t, note)
			if err != nil {
				return next, nil, err
			}
			ops = append(ops, more...)
		}
		return next, ops, nil
	})
}

// mostTries bounds how often a change is made anew: a store that says "stale" each time is
// told to the caller, who asks again.
const mostTries = 50

func (ch *Part) change(ctx context.Context, id, action string, edit func(handoff.Handoff) (handoff.Handoff, []store.Op, error)) (View, error) {
	d, err := ch.mayGive(ctx)
	if err != nil {
		return View{}, err
	}
	for tries := 0; ; tries++ {
		v, err := ch.load(ctx, id)
		if err != nil {
			return View{}, err
		}
		next, ops, err := edit(v.Value)
		if err != nil {
			return View{}, err
		}
		if chart.SameJSON(next, v.Value) {
			return ch.viewOf(ctx, next)
		}
		op, err := handoffOp(kept{Value: next, Version: v.Version})
		if err != nil {
			return View{}, err
		}
		e := ch.chart.Event(d, action)
		e.Ref, e.Changed, e.Whom = id, true, next.Giver.AccountID
		if next.Moves() {
			e.Rule = "setting"
		}
		err = ch.care.base.Commit(ctx, e, append(ops, op)...)
		if models.KindOf(err) == models.KindStale && tries < mostTries && ctx.Err() == nil {
			continue // somebody else, or the clock, was faster
		}
		if err != nil {
			return View{}, err
		}
		return ch.viewOf(ctx, next)
	}
}

// mostReported bounds what one report reads.
const mostReported = 5000

// Report tells how handoffs went between two moments and names nobody: administrators get
// all, clinicians those of patients whose care plan they may read. A count of one hour would
// tell of the others.
func (c *Service) Report(ctx context.Context, actor models.Actor, from, to time.Time) (handoff.Report, error) {
	if actor.Outside || !slices.Contains([]models.Role{models.RoleClinician, models.RoleAdministrator}, actor.Role) {
		return handoff.Report{}, c.base.Forbid(ctx, actor, "handoffs.report")
	}
	if err := chart.CheckWindow(from, to); err != nil {
		return handoff.Report{}, err
	}
	found, _, err := chart.ReadableOnes[handoff.Handoff](ctx, c.store, chart.ColHandoffs, store.Query{Index: "site", Equal: []any{chart.OwnerSite},
		From: chart.Millis(from), To: chart.Millis(to)}, mostReported)
	if err != nil {
		return handoff.Report{}, err
	}
	shut, err := c.base.Restrictions(ctx, actor)
	if err != nil {
		return handoff.Report{}, err
	}
	all, ids := make([]handoff.Handoff, 0, len(found)), make([]string, 0, len(found))
	for _, v := range found {
		if !shut.Shut(v.Value.PatientID) {
			all, ids = append(all, v.Value), append(ids, v.Value.PatientID)
		}
	}
	if actor.Role != models.RoleAdministrator {
		may, err := c.base.MayRead(ctx, actor, ids, models.SectionCarePlan)
		if err != nil {
			return handoff.Report{}, err
		}
		all = slices.DeleteFunc(all, func(h handoff.Handoff) bool { return !may[h.PatientID] })
	}
	return handoff.ReportOf(all), nil
}
