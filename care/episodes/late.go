package episodes

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// lateAgain is when the lead, who was asked, is asked again.
const lateAgain = 24 * time.Hour

// goUp asks who leads the team when nobody has written down in time what came of a
// follow-up. Its owner answers for it until they take it, and is reminded besides.
func (c *Service) goUp(ctx context.Context, t task.Task) (task.Task, []store.Op, error) {
	now := c.now().UTC()
	if now.Before(t.DueAt) || t.Asked != nil && slices.ContainsFunc(t.History, func(s task.Step) bool { return s.What == task.DidAsk && s.At.After(t.DueAt) }) {
		return t, nil, nil // not late, or asked since
	}
	chain, err := c.alerts.Chain(ctx, t.PatientID)
	if err != nil {
		return t, nil, err
	}
	for _, p := range chain.Team {
		who, ok, err := c.tasks.MayHold(ctx, p.AccountID, t)
		if err != nil {
			return t, nil, err
		}
		if !ok {
			continue
		}
		if who.AccountID == t.Owner.AccountID {
			return t, nil, nil // the lead has it
		}
		system := task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}
		return t.Again(system, who, now.Add(lateAgain), now), nil, nil
	}
	return t, nil, nil
}

// renamed names a field of a refusal as the caller sent it.
func renamed(err error, field string) error {
	return fields(err, func(string) string { return field })
}

func prefixed(err error, with string) error {
	return fields(err, func(f string) string { return with + f })
}

func fields(err error, name func(string) string) error {
	e, ok := errors.AsType[*models.Error](err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for i := range out.Fields {
		out.Fields[i].Field = name(out.Fields[i].Field)
	}
	return &out
}
