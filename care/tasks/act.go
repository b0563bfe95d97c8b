package tasks

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
)

// Make makes a task, for oneself, for somebody who is asked, or into a pool. The same id
// with the same order again is the same task, also when its time has passed meanwhile.
func (c *Service) Make(ctx context.Context, actor models.Actor, id string, o task.Order) (task.View, error) {
	none := task.View{}
	if !actor.Role.Staff() || actor.Outside {
		return none, c.base.Forbid(ctx, actor, "task.make")
	}
	draft := task.Task{PatientID: o.PatientID, Focus: o.Focus, Code: o.Code}
	name, err := c.mayWrite(ctx, actor, draft)
	if err != nil {
		return none, err
	}
	stands, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id)
	if err == nil {
		return c.same(ctx, actor, stands.Value, id, o)
	}
	if models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	if err := o.Check(c.now()); err != nil {
		return none, err
	}
	if err := c.mayTake(ctx, actor, draft); err != nil { // stopped meanwhile
		return none, err
	}
	var asked task.Person
	if o.To != "" {
		if asked, err = c.mayBeAsked(ctx, o.To, draft); err != nil {
			return none, err
		}
	}
	t := task.Begin(id, o, personOf(actor), asked, name, c.now())
	if o.Pool == task.OnDuty {
		if t, err = c.toDuty(ctx, actor, t); err != nil {
			return none, err
		}
	}
	err = c.write(ctx, kept{Value: t}, task.Task{}, actor, "task.made")
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.First[task.Task](ctx, c.store, chart.ColTasks, id, err)
		if err != nil {
			return none, err
		}
		return c.same(ctx, actor, stands.Value, id, o)
	}
	if err != nil {
		return none, err
	}
	return c.viewFor(ctx, actor, t)
}

// mayWrite refuses who may not read the part of the chart that a task is about, and
// tells the patient's name.
func (c *Service) mayWrite(ctx context.Context, actor models.Actor, t task.Task) (string, error) {
	if t.PatientID == "" {
		return "", nil
	}
	ch, err := c.base.Open(ctx, actor, t.PatientID, models.PurposeOf(actor.Role))
	if err != nil {
		return "", err
	}
	if d, err := ch.May(ctx, t.Section(), models.Read); err != nil || !d.Whole {
		return "", orNotShared(err)
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, t.PatientID)
	return p.Value.Name, err
}

func orNotShared(err error) error {
	if err == nil {
		err = models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you.")
	}
	return err
}

// mayBeAsked finds somebody who is to take a task.
func (c *Service) mayBeAsked(ctx context.Context, accountID string, t task.Task) (task.Person, error) {
	who, ok, err := c.takes(ctx, accountID, t)
	if err == nil && !ok {
		var checks models.Checks
		checks.Fail("to", "cannot-own-task", "This person can't take it. Choose somebody of the clinic who may read what it is about.")
		err = checks.Err()
	}
	return who, err
}

func (c *Service) same(ctx context.Context, actor models.Actor, stands task.Task, id string, o task.Order) (task.View, error) {
	first := task.Begin(id, o, personOf(actor), task.Person{}, stands.PatientName, stands.AuthoredAt)
	sent := func(t task.Task) any {
		return []any{t.Code, t.Text, t.PatientID, t.Focus, len(t.BasedOn), t.Priority, t.DueAt.UnixMilli(), t.Requester.AccountID}
	}
	if !chart.SameJSON(sent(stands), sent(first)) {
		return task.View{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	return c.viewFor(ctx, actor, stands)
}

// Accept says "I do it", of who was asked or of the owner.
func (c *Service) Accept(ctx context.Context, actor models.Actor, id string) (task.View, error) {
	return c.act(ctx, actor, id, "task.accepted", func(t task.Task) (task.Task, error) {
		if err := c.mayTake(ctx, actor, t); err != nil {
			return t, err
		}
		return t.Accept(personOf(actor), c.now().UTC())
	})
}

// mayTake refuses who can't answer for a task, or not any more.
func (c *Service) mayTake(ctx context.Context, actor models.Actor, t task.Task) error {
	ok, err := c.answers(ctx, actor.AccountID, t)
	if err == nil && ok && byProfession[t.Code] && !leads(actor, t) {
		return models.E(models.KindForbidden, "cannot-lead", "Your profession does not lead this. See who may do what.")
	}
	if err == nil && !ok {
		err = models.E(models.KindForbidden, "cannot-own-task", "You may not read what this is about, so you can't take it.")
	}
	return err
}

// Claim takes a task out of a pool. Of several at once, one has it.
func (c *Service) Claim(ctx context.Context, actor models.Actor, id string) (task.View, error) {
	return c.act(ctx, actor, id, "task.claimed", func(t task.Task) (task.Task, error) {
		_, ok, err := c.holds(ctx, actor.AccountID, t)
		if err != nil {
			return t, err
		}
		if t.Pool != "" && (!ok || !t.Pool.Of(actor.Role)) {
			return t, models.E(models.KindForbidden, "cannot-own-task", "This waits for another group.")
		}
		if byProfession[t.Code] && !leads(actor, t) {
			return t, models.E(models.KindForbidden, "cannot-lead", "Your profession does not lead this. See who may do what.")
		}
		return t.Claim(personOf(actor), c.now().UTC())
	})
}

// Reject says no of who was asked.
func (c *Service) Reject(ctx context.Context, actor models.Actor, id, note string) (task.View, error) {
	var checks models.Checks
	checks.Text("note", note, 1, task.MaxNote)
	if err := checks.Err(); err != nil {
		return task.View{}, err
	}
	return c.act(ctx, actor, id, "task.rejected", func(t task.Task) (task.Task, error) {
		return t.Reject(personOf(actor), note, c.now().UTC())
	})
}

// HandOver asks somebody to take a task, or lays it into a pool. It is the owner's, or
// an administrator's who puts the work of somebody else in order. Until it is accepted
// it stays the owner's.
func (c *Service) HandOver(ctx context.Context, actor models.Actor, id, to string, pool task.Pool) (task.View, error) {
	var checks models.Checks
	checks.Require((to == "") != (pool == ""), "to", "one-of-two", "Ask one person, or a group.")
	if err := checks.Err(); err != nil {
		return task.View{}, err
	}
	return c.act(ctx, actor, id, "task.handed-over", func(t task.Task) (task.Task, error) {
		if t.Owner.AccountID != actor.AccountID && actor.Role != models.RoleAdministrator {
			return t, models.E(models.KindConflict, "not-the-owner", "Somebody else answers for this task. Load it again.")
		}
		if pool == task.OnDuty {
			return c.toDuty(ctx, actor, t)
		}
		if pool != "" {
			return t.ToPool(personOf(actor), pool, c.now().UTC())
		}
		who, err := c.mayBeAsked(ctx, to, t)
		if err != nil {
			return t, err
		}
		return t.HandOver(personOf(actor), who, c.now().UTC())
	})
}

// Progress says that a task has begun, is done, or is called off.
func (c *Service) Progress(ctx context.Context, actor models.Actor, id string, to task.Status, note string) (task.View, error) {
	if err := task.CheckProgress(to, note); err != nil {
		return task.View{}, err
	}
	return c.act(ctx, actor, id, "task."+string(to), func(t task.Task) (task.Task, error) {
		return t.Progress(personOf(actor), to, note, c.now().UTC())
	})
}

func (c *Service) act(ctx context.Context, actor models.Actor, id, did string, edit func(task.Task) (task.Task, error)) (task.View, error) {
	if _, _, err := c.may(ctx, actor, id); err != nil {
		return task.View{}, err
	}
	t, err := c.change(ctx, id, actor, did, edit)
	if err != nil {
		return task.View{}, err
	}
	return c.viewFor(ctx, actor, t)
}
