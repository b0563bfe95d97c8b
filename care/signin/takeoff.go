package signin

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// TakeOffFactors takes all ways off an account but codes of the office: whoever lost
// their phone would be asked for it for ever. Another administrator does it, who shows
// that it is them, or the operator at the machine; its person is told of each. It reads
// nothing of what it takes off, which may be what is broken. Twice is once.
//
// Errors: forbidden not-for-your-role, not-for-yourself, step-up-required; not-found.
func (c *Service) TakeOffFactors(ctx context.Context, actor models.Actor, accountID string) error {
	if actor.Role != models.RoleAdministrator && actor.Role != "" {
		return c.base.Forbid(ctx, actor, "ways-in.taken-off")
	}
	if actor.AccountID == accountID {
		return models.E(models.KindForbidden, "not-for-yourself", "Another administrator has to do this for you. You can take off your own ways under \"My ways in\".")
	}
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return err
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err == nil {
		err = c.base.HideAccount(ctx, actor, a.Value)
	}
	if err != nil {
		return err
	}
	gone := func(way, ref string, ops ...store.Op) error { // each by itself: the journal of ends knows one end a line
		e := c.base.AuditEvent(actor, "way-in.removed")
		e.PatientID, e.Whom, e.Ref = a.Value.PatientID, accountID, way
		if ref != "" {
			e.Ref = wayOf(models.Way(way), ref)
		}
		err := c.base.Commit(ctx, e, ops...)
		if lostRace(err) {
			return nil // its person, or another call, was faster; who asks again sees what is left
		}
		return err
	}
	keys, err := c.store.Query(ctx, chart.ColPasskeys, store.Query{Index: "account", Equal: []any{accountID}, Limit: store.MaxBatch, Unopened: true})
	if err != nil {
		return chart.Refusal(err)
	}
	for _, d := range keys.Docs {
		if err := gone(string(models.WayPasskey), d.ID, store.Delete(chart.ColPasskeys, d.ID, d.Version)); err != nil {
			return err
		}
	}
	codes, err := c.codesLeft(ctx, accountID)
	if err != nil {
		return err
	}
	var ops []store.Op
	for _, d := range codes {
		ops = append(ops, store.Delete(chart.ColRecovery, d.ID, d.Version))
	}
	if len(ops) > 0 {
		if err := gone(string(models.WayRecoveryCode), "", ops...); err != nil {
			return err
		}
	}
	rest, err := c.store.GetMany(ctx, chart.ColWays, []string{accountID})
	if err != nil {
		return chart.Refusal(err)
	}
	for _, d := range rest {
		way := models.WayTOTP
		if !a.Value.Role.Staff() {
			way = models.WayPIN
		}
		if err := gone(string(way), "", store.Delete(chart.ColWays, d.ID, d.Version)); err != nil {
			return err
		}
	}
	return nil
}
