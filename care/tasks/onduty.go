package tasks

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// toDuty gives a task to who is on duty now by the rotas and may hold it: theirs at once.
// Where nobody is, who leads the patient's team is asked, and may say no.
func (c *Service) toDuty(ctx context.Context, actor models.Actor, t task.Task) (task.Task, error) {
	duty, until, lead, err := c.dutyFor(ctx, t)
	now, by := c.now().UTC(), personOf(actor)
	switch {
	case err != nil:
		return t, err
	case duty != nil:
		return t.OnDuty(by, *duty, until, now)
	case lead != nil && lead.AccountID == t.Owner.AccountID:
		return t.Accept(*lead, now)
	case lead != nil:
		return t.HandOver(by, *lead, now)
	}
	var checks models.Checks
	checks.Fail("pool", "nobody-on-duty", "Nobody who may take it is on duty now. Ask one person, or another group.")
	return t, checks.Err()
}

// dutyFor finds who may take a task of those who are on duty now, and until when that
// holds; else, of those who lead the team. Both are nil where there is nobody. Whose the
// task is already by being on duty keeps it while they are.
func (c *Service) dutyFor(ctx context.Context, t task.Task) (duty *task.Person, until time.Time, lead *task.Person, err error) {
	chain, err := c.alerts.OnDuty(ctx, t.PatientID)
	if err != nil {
		return nil, until, nil, err
	}
	if t.ByDuty() && slices.Contains(chain.OnDuty, t.Owner.AccountID) {
		return &t.Owner, chain.Until, nil, nil
	}
	first := func(ids []string) (*task.Person, error) {
		for _, id := range ids {
			if who, ok, err := c.takes(ctx, id, t); ok || err != nil {
				return &who, err
			}
		}
		return nil, nil
	}
	if duty, err = first(chain.OnDuty); err != nil || duty != nil {
		return duty, chain.Until, nil, err
	}
	lead, err = first(chain.Leads)
	return nil, chain.Until, lead, err
}

// shifted is a task as it stands after a change of shift: what its owner has by being on
// duty, and has not begun, goes to who is on duty now. While nobody is, it stays theirs.
func (c *Service) shifted(ctx context.Context, t task.Task) (task.Task, error) {
	if !t.ByDuty() {
		return t, nil
	}
	duty, until, _, err := c.dutyFor(ctx, t)
	if err != nil {
		return t, err
	}
	return t.ShiftChanged(duty, until, c.now().UTC()), nil
}

// RecheckDuty moves on what people have by being on duty and are not any more. A worker
// calls it with everybody whom a rota names that was changed.
func (c *Service) RecheckDuty(ctx context.Context, accountIDs ...string) error {
	var failed error
	for _, id := range accountIDs {
		failed = errors.Join(failed, c.each(ctx, store.Query{Index: "openOwner", Equal: []any{id}}, c.shifted))
	}
	return failed
}

func (c *Service) takes(ctx context.Context, accountID string, t task.Task) (task.Person, bool, error) {
	who, ok, err := c.holds(ctx, accountID, t)
	if err == nil && ok && byProfession[t.Code] {
		ok, err = c.mayLead(ctx, accountID, t)
	}
	return who, ok, err
}
