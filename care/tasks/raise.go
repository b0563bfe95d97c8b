package tasks

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// raisedFor is until when what the program asks the team for is due.
const raisedFor = 2 * 24 * time.Hour

var raisedSpace = uuid.MustParse("0d1b6f0e-6f0a-4f0e-9d53-0a9a3c7b7d61")

// Raise makes a task that the program asks for about a patient. It is that of who is on
// duty now, whose yes that is; else who leads the team is asked. Where there is neither it
// waits in the team's pool, and is that of who has been on the team longest until somebody
// claims it. key names what it came from: the same again is the same task, also when that
// has ended.
func (c *Service) Raise(ctx context.Context, code, patientID string, focus *task.Reference, key string) error {
	ops, err := c.raiseOps(ctx, code, patientID, focus, key)
	if err != nil || ops == nil {
		return err
	}
	err = chart.Refusal(c.store.Batch(ctx, ops...))
	if models.KindOf(err) == models.KindConflict {
		return nil // another instance made it
	}
	return err
}

// raiseOps are those of Raise; none where it was raised before.
func (c *Service) raiseOps(ctx context.Context, code, patientID string, focus *task.Reference, key string) ([]store.Op, error) {
	id := uuid.NewHash(sha256.New(), raisedSpace, store.JoinText(code, patientID, key), 8).String()
	if _, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id); models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return nil, err
	}
	o := task.Order{Code: code, PatientID: patientID, Focus: focus, Priority: task.Routine, DueAt: c.now().Add(raisedFor)}
	duty, until, lead, err := c.dutyFor(ctx, task.Task{Code: code, PatientID: patientID, Focus: focus})
	if err != nil {
		return nil, err
	}
	var t task.Task
	switch {
	case duty != nil:
		o.Pool = task.OnDuty
		t, err = task.Begin(id, o, system, task.Person{}, p.Value.Name, c.now()).OnDuty(system, *duty, until, c.now().UTC())
	case lead != nil:
		t = task.Begin(id, o, system, *lead, p.Value.Name, c.now())
		t.Owner = *lead
	default:
		o.Pool = task.PoolTeam
		t = task.Begin(id, o, system, task.Person{}, p.Value.Name, c.now())
		t.Owner, err = c.next(ctx, t)
	}
	if err != nil {
		return nil, err
	}
	return c.ops(kept{Value: t}, task.Task{}, chart.SystemActor, "task.made")
}

var system = task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}

// RaiseOne is Raise, unless the team has an open task of this code about the patient.
func (c *Service) RaiseOne(ctx context.Context, code, patientID, key string) error {
	found, _, err := chart.ReadableOnes[task.Task](ctx, c.store, chart.ColTasks, store.Query{Index: "openOf", Equal: []any{patientID}}, 0)
	if err != nil || slices.ContainsFunc(found, func(v kept) bool { return v.Value.Code == code }) {
		return err
	}
	return c.Raise(ctx, code, patientID, nil, key)
}
