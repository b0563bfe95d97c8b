package tasks

import (
	"context"

	"handrail/models"
	"handrail/models/task"
)

// toDuty gives a task to who is on duty now by the rotas and may hold it: theirs at once.
// Where nobody is, who leads the patient's team is asked, and may say no.
func (c *Service) toDuty(ctx context.Context, actor models.Actor, t task.Task) (task.Task, error) {
	duty, lead, err := c.dutyFor(ctx, t)
	now, by := c.now().UTC(), personOf(actor)
	switch {
	case err != nil:
		return t, err
	case duty != nil:
		return t.OnDuty(by, *duty, now)
	case lead != nil && lead.AccountID == t.Owner.AccountID:
		return t.Accept(*lead, now)
	case lead != nil:
		return t.HandOver(by, *lead, now)
	}
	var checks models.Checks
	checks.Fail("pool", "nobody-on-duty", "Nobody who may take it is on duty now. Ask one person, or another group.")
	return t, checks.Err()
}

// dutyFor finds who may take a task of those who are on duty now; else, of those who lead
// the team. Both are nil where there is nobody.
func (c *Service) dutyFor(ctx context.Context, t task.Task) (duty, lead *task.Person, err error) {
	chain, err := c.alerts.OnDuty(ctx, t.PatientID)
	if err != nil {
		return nil, nil, err
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
		return duty, nil, err
	}
	lead, err = first(chain.Leads)
	return nil, lead, err
}

func (c *Service) takes(ctx context.Context, accountID string, t task.Task) (task.Person, bool, error) {
	who, ok, err := c.holds(ctx, accountID, t)
	if err == nil && ok && byProfession[t.Code] {
		ok, err = c.mayLead(ctx, accountID, t)
	}
	return who, ok, err
}
