package episodes

import (
	"context"
	"strconv"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/handoff"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// Write writes down how somebody is to leave. It can be written bit by bit; the answer
// says what is missing.
//
// Errors: those of DischargeTerms.Check; KindConflict "not-from-here".
func (ch *Part) Write(ctx context.Context, id string, t episode.DischargeTerms) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	_, where, err := ch.care.patient(ctx, ch.patient)
	if err != nil {
		return View{}, err
	}
	if err := t.Check(models.LocalDay(ch.care.now(), where)); err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "discharge.written", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		if e.Discharge != nil && e.Status.Open() && chart.SameJSON(e.Discharge.Terms, t) {
			return e, nil, nil
		}
		next, err := e.Written(t, models.AuthorOf(ch.actor), ch.care.now())
		return next, nil, err
	})
}

// Discharge lets somebody leave as it was written down: a task each for who sees them after
// a week and a month and, where the setting changes, a handoff with its own clock. The same
// call again is the same one.
//
// Errors: KindInvalid with the fields that are missing, those of handoff.Terms.Check under
// "handoff.", "seesOnDay7", "seesOnDay30"; KindConflict "not-from-here".
func (ch *Part) Discharge(ctx context.Context, id string, over *handoff.Terms) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	p, where, err := ch.care.patient(ctx, ch.patient)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "discharge.done", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		if e.Status == episode.Finished {
			return e, nil, nil
		}
		if e.Discharge == nil || !e.Status.Open() {
			return e, nil, models.E(models.KindConflict, "not-from-here", "Write down first how this person leaves.")
		}
		s, plan, gone, err := ch.care.standing(ctx, e)
		if err != nil {
			return e, nil, err
		}
		var c models.Checks
		t := e.Discharge.Terms
		for _, field := range t.Missing(s) {
			c.Fail(field, "required", "This is needed before somebody leaves.")
		}
		c.Require(!t.Moves() || over != nil, "handoff", "required", "They go to another place: say who takes over.")
		if err := c.Err(); err != nil {
			return e, nil, err
		}
		out := *e.Discharge
		out.ListAsOf, out.PlanHeld = gone, plan
		ops, err := ch.leaveOps(ctx, e, &out, p.Name, over, where)
		return e.Left(out, ch.actor, ch.care.now()), ops, err
	})
}

// leaveOps are the follow-ups, the handoff, and the end of what was open.
func (ch *Part) leaveOps(ctx context.Context, e episode.Episode, out *episode.Discharge, name string, over *handoff.Terms, where *time.Location) ([]store.Op, error) {
	ops, err := ch.closeOps(ctx, e, "")
	if err != nil {
		return nil, err
	}
	t := out.Terms
	if t.Moves() {
		hand := *over
		hand.From, hand.To, hand.MovesOn = t.From, t.To, t.LeavesOn
		out.HandoffID = taskID(e.ID, "handoff")
		more, err := ch.handoffs.GiveOps(ctx, out.HandoffID, hand)
		if err != nil {
			return nil, prefixed(err, "handoff.")
		}
		ops = append(ops, more...)
	}
	out.FollowUps = nil
	for _, f := range []struct {
		field, who string
		day        int
	}{{"seesOnDay7", t.SeesDay7, 7}, {"seesOnDay30", t.Sees30, 30}} {
		due := DayAfter(t.LeavesOn, f.day, 17, where)
		o := task.Order{Code: task.CodeFollowUp, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusEpisode, ID: e.ID},
			BasedOn: []task.Reference{{Type: refDay, ID: strconv.Itoa(f.day)}}, Priority: task.Urgent, DueAt: due, To: f.who}
		follow := episode.FollowUp{Day: f.day, TaskID: taskID(e.ID, f.field), DueAt: due}
		more, who, err := ch.care.tasks.OrderOps(ctx, ch.actor, follow.TaskID, name, o)
		if err != nil {
			return nil, renamed(err, f.field)
		}
		follow.Name = who.Name
		out.FollowUps = append(out.FollowUps, follow)
		ops = append(ops, more...)
	}
	return ops, nil
}

const refDay = "follow-up-day"

// FollowUp writes down what came of a follow-up. Somebody who neither came nor was reached
// is looked after at once: an alert by R-VI-2, and where alerts are off a task of the team,
// which is the lead's until somebody takes it.
//
// Errors: those of Episode.Followed.
func (ch *Part) FollowUp(ctx context.Context, id string, day int, outcome, note string) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "follow-up.told", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		next, err := e.Followed(day, outcome, note, models.AuthorOf(ch.actor), ch.care.now())
		if err != nil || chart.SameJSON(next, e) {
			return next, nil, err
		}
		var ops []store.Op
		for _, f := range next.Discharge.FollowUps {
			if f.Day == day {
				if ops, err = ch.care.tasks.EndOps(ctx, ch.actor, f.TaskID); err != nil {
					return next, nil, err
				}
			}
		}
		if outcome != episode.Missed {
			return next, ops, nil
		}
		key := id + "-" + strconv.Itoa(day)
		more, err := ch.care.alerts.FiredOps(ctx, ch.patient, risk.FollowUpMissed(key, day, ch.care.now()))
		if err == nil && len(more) == 0 {
			more, err = ch.care.tasks.RaiseOps(ctx, task.CodeFollowMissed, ch.patient, &task.Reference{Type: task.FocusEpisode, ID: id}, key)
		}
		return next, append(ops, more...), err
	})
}

// Remind is what the patient wants to be reminded of from now on.
//
// Errors: KindInvalid with "reminders"; KindConflict "not-from-here" while it goes on.
func (ch *Part) Remind(ctx context.Context, id, what string) (View, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return View{}, err
	}
	if err := episode.CheckReminders(what); err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "discharge.reminders", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		now, err := ch.care.current(ctx, ch.patient)
		if err != nil {
			return e, nil, err
		}
		if e.Status != episode.Finished || now.Value.Last != id {
			return e, nil, models.E(models.KindConflict, "not-from-here", "You can choose this once your time here has ended.")
		}
		if e.Reminders == what {
			return e, nil, nil
		}
		e.Reminders, now.Value.Reminders = what, what
		op, err := currentOp(ch.patient, now)
		return e, []store.Op{op}, err
	})
}
