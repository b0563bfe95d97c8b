package care

import (
	"context"
	"handrail/models"
	"handrail/store"
)

// accountOwner is whose data key seals an account: a patient's goes with the chart.
func accountOwner(a models.Account) string {
	if a.PatientID != "" {
		return a.PatientID
	}
	return a.ID
}

func accountKeys(a models.Account) store.Keys {
	return store.Keys{"role": string(a.Role), "createdAt": millis(a.CreatedAt)}
}

func (c *Care) mayCreate(ctx context.Context, actor models.Actor, r models.Role) error {
	switch {
	case actor == systemActor, actor.Role == models.RoleAdministrator:
		return nil
	case actor.Role == models.RoleCoordinator && (r == models.RolePatient || r == models.RoleSupporter || r == models.RoleInterpreter):
		return nil
	}
	return c.forbid(ctx, actor, "account.create")
}

// forbid writes down a refusal that is about no chart.
func (c *Care) forbid(ctx context.Context, actor models.Actor, action string) error {
	l := c.auditLine(actor, action)
	l.Outcome, l.Rule = models.OutcomeDenied, "role"
	if err := c.note(ctx, l); err != nil {
		return err
	}
	return models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this.")
}
