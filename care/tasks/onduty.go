package tasks

import (
	"context"

	"handrail/models"
	"handrail/models/task"
)

// toDuty gives a task to who is on duty now by the rotas and may hold it: theirs at once.
// Where nobody is, who leads the patient's team is asked, and may say no.
func (c *Service) toDuty(ctx context.Context, actor models.Actor, t task.Task) (task.Task, error) {
	chain, err := c.alerts.OnDuty(ctx, t.PatientID)
	if err != nil {
		return t, err
	}
	now, by := c.now().UTC(), personOf(actor)
	for _, id := range chain.OnDuty {
		who, ok, err := c.takes(ctx, id, t)
		if err != nil {
			return t, err
		}
		if ok {
			return t.OnDuty(by, who, now)
		}
	}
	for _, id := range chain.Leads {
		who, ok, err := c.takes(ctx, id, t)
		if err != nil {
			return t, err
		}
		if !ok {
			continue
		}
		if id == t.Owner.AccountID {
			return t.Accept(who, now)
		}
		return t.HandOver(by, who, now)
	}
	var checks models.Checks
	checks.Fail("pool", "nobody-on-duty", "Nobody who may take it is on duty now. Ask one person, or another group.")
	return t, checks.Err()
}

func (c *Service) takes(ctx context.Context, accountID string, t task.Task) (task.Person, bool, error) {
	who, ok, err := c.holds(ctx, accountID, t)
	if err == nil && ok && byProfession[t.Code] {
		ok, err = c.mayLead(ctx, accountID, t)
	}
	return who, ok, err
}
