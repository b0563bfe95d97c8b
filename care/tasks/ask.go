package tasks

import (
	"context"
	"crypto/sha256"
	"strconv"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// AskOps are those of Ask, and tell the task's id. Who can't hold it is not asked: then it
// is with whom the patient's team answers, so that it always has an owner. None where it
// was asked before.
func (i *Inside) AskOps(ctx context.Context, o task.Order, key string) (id string, ops []store.Op, err error) {
	c := i.service
	id = uuid.NewHash(sha256.New(), raisedSpace, store.JoinText(o.Code, o.PatientID, o.To, key), 8).String()
	if _, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id); models.KindOf(err) != models.KindNotFound {
		return id, nil, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, o.PatientID)
	if err != nil {
		return id, nil, err
	}
	about := task.Task{PatientID: o.PatientID, Focus: o.Focus, Code: o.Code}
	who, ok, err := c.holds(ctx, o.To, about)
	if err == nil && !ok {
		who, err = c.next(ctx, about)
	}
	if err != nil {
		return id, nil, err
	}
	t := task.Begin(id, o, system, who, p.Value.Name, c.now())
	t.Owner = who
	ops, err = c.ops(kept{Value: t}, task.Task{}, chart.SystemActor, "task.made")
	return id, ops, err
}

// Ask makes a task that the program asks one person for: it is theirs from
// the start, and they are told. Who can't hold it is not asked, and asked is false. key names what it came
// from: the same again is the same task, also when that has ended.
func (c *Service) Ask(ctx context.Context, o task.Order, key string) (asked bool, err error) {
	id := uuid.NewHash(sha256.New(), raisedSpace, store.JoinText(o.Code, o.PatientID, o.To, key), 8).String()
	if _, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id); models.KindOf(err) != models.KindNotFound {
		return err == nil, err
	}
	who, ok, err := c.holds(ctx, o.To, task.Task{PatientID: o.PatientID, Focus: o.Focus, Code: o.Code})
	if err != nil || !ok {
		return false, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, o.PatientID)
	if err != nil {
		return false, err
	}
	system := task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}
	t := task.Begin(id, o, system, who, p.Value.Name, c.now())
	t.Owner = who
	err = c.write(ctx, kept{Value: t}, task.Task{}, chart.SystemActor, "task.made")
	if models.KindOf(err) == models.KindConflict {
		err = nil // another instance made it
	}
	return true, err
}

// AskOnceIn asks one person for something that is about no patient, unless they, or
// somebody before them, were asked for the same within so long. They are told.
func (c *Service) AskOnceIn(ctx context.Context, o task.Order, key string, every time.Duration) error {
	now := c.now().UTC()
	turn := now.UnixNano() / int64(every)
	ids := make([]string, 2) // of this stretch of time, and of the one before
	for i := range ids {
		ids[i] = uuid.NewHash(sha256.New(), raisedSpace, store.JoinText(o.Code, key, strconv.FormatInt(turn-int64(i), 10)), 8).String()
	}
	docs, err := c.store.GetMany(ctx, chart.ColTasks, ids)
	if err != nil {
		return chart.Refusal(err)
	}
	for _, d := range docs {
		v, err := chart.Readable[task.Task](d)
		if d.ID == ids[0] || err == nil && now.Sub(v.Value.AuthoredAt) < every {
			return err
		}
	}
	who, ok, err := c.holds(ctx, o.To, task.Task{Focus: o.Focus, Code: o.Code})
	if err != nil || !ok {
		return err
	}
	t := task.Begin(ids[0], o, system, who, "", now)
	t.Owner = who
	err = c.write(ctx, kept{Value: t}, task.Task{}, chart.SystemActor, "task.made")
	if models.KindOf(err) == models.KindConflict {
		err = nil // another instance made it
	}
	return err
}
