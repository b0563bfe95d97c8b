package chart

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// AccountOwner is whose data key seals an account: a patient's goes with the chart.
func AccountOwner(a models.Account) string {
	if a.PatientID != "" {
		return a.PatientID
	}
	return a.ID
}

// AccountKeys are the index keys of an account.
func AccountKeys(a models.Account) store.Keys {
	return store.Keys{"role": string(a.Role), "createdAt": Millis(a.CreatedAt)}
}

// MayCreate refuses who may not make accounts of a role, and writes that down.
func (c *Base) MayCreate(ctx context.Context, actor models.Actor, r models.Role) error {
	if c.Creates(actor, r) {
		return nil
	}
	return c.Forbid(ctx, actor, "account.create")
}

// Forbid writes down a refusal that is about no chart.
func (c *Base) Forbid(ctx context.Context, actor models.Actor, action string) error {
	e := c.AuditEvent(actor, action)
	e.Outcome, e.Rule = models.OutcomeDenied, "role"
	if err := c.Note(ctx, e); err != nil {
		return err
	}
	return models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this.")
}

// Creates tells whether the actor may make accounts of a role.
func (*Base) Creates(actor models.Actor, r models.Role) bool {
	switch actor.Role {
	case models.RoleAdministrator:
		return true
	case models.RoleCoordinator:
		return r == models.RolePatient || r == models.RoleSupporter || r == models.RoleGuardian || r == models.RoleInterpreter || r == models.RolePartner
	}
	return actor == SystemActor
}
