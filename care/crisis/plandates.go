package crisis

import (
	"context"

	"handrail/models/crisisplan"
)

// PlanDates are when a crisis plan wants to be looked at, for the worker that plans
// reminders.
type PlanDates struct {
	Reviews    []crisisplan.Due
	RehearseOn string
	NaloxoneOn string
}

// planDates reads them. Without a plan there are none.
func (c *Service) planDates(ctx context.Context, patientID string) (PlanDates, error) {
	p, err := c.plan(ctx, patientID)
	if err != nil || p.Value.Active == 0 {
		return PlanDates{}, err
	}
	active, err := c.planVersion(ctx, patientID, p.Value.Active)
	if err != nil {
		return PlanDates{}, err
	}
	return PlanDates{p.Value.Reviews.Due(active.Value.Content), p.Value.Rehearsals.NextOn(), active.Value.Content.NaloxoneExpiresOn()}, nil
}
