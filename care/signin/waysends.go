package signin

import (
	"context"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// A store that was set back has the ways in of then: a passkey that was taken off since,
// a PIN that was changed because somebody had seen it, a recovery code that was used. The
// journal of ends knows of each; none of them may open again.

// wayOf names one of several ways of a kind, in lines and in the journal.
func wayOf(w models.Way, id string) string { return string(w) + ":" + id }

// WayStands tells whether a way that ended at a moment is there again. id is that of a
// chart.Ended.
func (i *Inside) WayStands(ctx context.Context, id string, at time.Time) (bool, error) {
	op, _, err := i.service.wayAgain(ctx, id, at)
	return op != nil, err
}

// EndWay ends such a way again.
func (i *Inside) EndWay(ctx context.Context, id string, at time.Time) error {
	ops, e, err := i.service.wayAgain(ctx, id, at)
	if err != nil || ops == nil {
		return err
	}
	return i.service.base.Commit(ctx, e, ops...)
}

// wayAgain makes what ends a way that stands; nil where it does not.
func (c *Service) wayAgain(ctx context.Context, id string, at time.Time) (ops []store.Op, e models.AuditEvent, err error) {
	accountID, what, _ := strings.Cut(id, "/")
	way, of, _ := strings.Cut(what, ":")
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return nil, e, unlessDown(err, nil)
	}
	e = c.wayLine(chart.SystemActor, "way-in.removed", models.Way(what))
	e.PatientID, e.Whom = a.Value.PatientID, accountID
	switch models.Way(way) {
	case models.WayPasskey:
		d, err := c.store.Get(ctx, chart.ColPasskeys, of)
		if err != nil {
			return nil, e, unlessDown(chart.Refusal(err), nil)
		}
		return []store.Op{store.Delete(chart.ColPasskeys, of, d.Version)}, e, nil
	case models.WayRecoveryCode:
		left, err := c.codesLeft(ctx, accountID)
		if err != nil {
			return nil, e, err
		}
		for _, d := range left {
			if v, err := chart.Decode[recoveryCode](d); err != nil || d.ID == of || of == "" && v.Value.MadeAt.Before(at) {
				ops = append(ops, store.Delete(chart.ColRecovery, d.ID, d.Version))
			}
		}
		return ops, e, nil
	}
	w, err := c.waysOf(ctx, accountID)
	if err != nil || w.IsNew() {
		return nil, e, err
	}
	switch {
	case models.Way(way) == models.WayPIN && w.Value.PIN != nil && w.Value.PIN.SetAt.Before(at):
		w.Value.PIN = nil
	case models.Way(way) == models.WayTOTP && w.Value.TOTP != nil && w.Value.TOTP.ConfirmedAt != nil && w.Value.TOTP.ConfirmedAt.Before(at):
		w.Value.TOTP = nil
	default:
		return nil, e, nil
	}
	op, err := waysOp(accountID, chart.AccountOwner(a.Value), w)
	return []store.Op{op}, e, err
}
