package tasks

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// GoesUp is what becomes of a task that nobody has taken in time: whom it asks next, and
// what else is written with that. The same task is one whose owner is reminded.
type GoesUp func(ctx context.Context, t task.Task) (task.Task, []store.Op, error)

// WhenLate has the worker of tasks ask what becomes of those with a code when their time
// has come. It is called before the program serves.
func (i *Inside) WhenLate(code string, up GoesUp) { i.service.goUp[code] = up }

// OrderOps make a task that follows from what somebody did: To is asked, and until they
// accept it is the maker's. asked is who that is.
//
// Errors: KindInvalid with the fields of the order, "to" among them.
func (i *Inside) OrderOps(ctx context.Context, actor models.Actor, id, patientName string, o task.Order) (ops []store.Op, asked task.Person, err error) {
	c := i.service
	if err := o.Check(c.now()); err != nil {
		return nil, asked, err
	}
	maker := personOf(actor)
	if asked = maker; o.To != "" && o.To != actor.AccountID {
		if asked, err = c.mayBeAsked(ctx, o.To, task.Task{Code: o.Code, PatientID: o.PatientID, Focus: o.Focus}); err != nil {
			return nil, asked, err
		}
	}
	ops, err = c.ops(kept{Value: task.Begin(id, o, maker, asked, patientName, c.now())}, task.Task{}, actor, "task.made")
	return ops, asked, err
}

// OwnOps make a task that is somebody's from the start, for they said yes to such work
// before. It is about no patient.
func (i *Inside) OwnOps(ctx context.Context, owner task.Person, id string, o task.Order) ([]store.Op, error) {
	if err := o.Check(i.service.now()); err != nil {
		return nil, err
	}
	return i.service.ops(kept{Value: task.Begin(id, o, owner, task.Person{}, "", i.service.now())}, task.Task{}, chart.SystemActor, "")
}

// MayHold tells whether somebody can answer for what is about a section of a patient, and
// who they are by name.
func (i *Inside) MayHold(ctx context.Context, accountID string, t task.Task) (task.Person, bool, error) {
	return i.service.holds(ctx, accountID, t)
}

// GiveOps make somebody the owner of an open task of giver's, who said yes in the handoff
// that it was part of. moved is false where the task ended, is not giver's any more, or is
// not for their profession.
func (i *Inside) GiveOps(ctx context.Context, to models.Actor, giver, id string) (ops []store.Op, moved bool, err error) {
	ops, err = i.changeOps(ctx, to, id, func(t task.Task) (task.Task, error) {
		if t.Status.Ended() || t.Owner.AccountID != giver || byProfession[t.Code] && !leads(to, t) {
			return t, nil
		}
		return t.Given(personOf(to), i.service.now().UTC()), nil
	})
	return ops, len(ops) > 0, err
}

// CallOffOps cancel a task with what it is about; none for one that is not there, or has
// ended.
func (i *Inside) CallOffOps(ctx context.Context, actor models.Actor, id, note string) ([]store.Op, error) {
	ops, err := i.changeOps(ctx, actor, id, func(t task.Task) (task.Task, error) {
		return t.CalledOff(personOf(actor), note, i.service.now().UTC()), nil
	})
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	return ops, err
}

// Task reads one.
func (i *Inside) Task(ctx context.Context, id string) (task.Task, error) {
	v, err := chart.Load[task.Task](ctx, i.service.store, chart.ColTasks, id)
	return v.Value, err
}

// MayLead tells whether somebody's profession lets them lead what a task is about.
func (i *Inside) MayLead(ctx context.Context, accountID string, t task.Task) (bool, error) {
	return i.service.mayLead(ctx, accountID, t)
}

// EveningOf is until when something is due that has to be done on the same day where a
// patient is: the end of that day, and never less than an hour from now.
func EveningOf(now time.Time, where *time.Location) time.Time {
	local := now.In(where)
	end := time.Date(local.Year(), local.Month(), local.Day(), 23, 59, 0, 0, where)
	if least := now.Add(time.Hour); end.Before(least) {
		end = least
	}
	return end.UTC()
}
