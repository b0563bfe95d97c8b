package referrals

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
)

// PortalView is a referral as its partner sees it: what the patient signed, and what the
// partner did.
type PortalView = referral.ForPartner

// partnerOf is the organisation of who asks, that still works with the clinic.
func (c *Service) partnerOf(ctx context.Context, actor models.Actor) (referral.Partner, error) {
	if actor.Role != models.RolePartner {
		return referral.Partner{}, c.base.Forbid(ctx, actor, "portal.open")
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, actor.AccountID)
	if err != nil {
		return referral.Partner{}, err
	}
	p, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, a.Value.PartnerID)
	if err == nil && p.Value.EndedAt != nil {
		err = models.NotFound()
	}
	return p.Value, err
}

// shown tells whether a partner may see a referral now: the patient's consent to exactly
// this still stands.
func (c *Service) shown(ctx context.Context, r referral.Referral) (bool, error) {
	v, err := chart.Load[models.Consent](ctx, c.store, chart.ColConsents, r.ConsentID)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	if dead, lost := c.died(ctx, r.PatientID); dead || lost != nil {
		return false, lost
	}
	return err == nil && v.Value.PatientID == r.PatientID && v.Value.Recipient == r.PartnerID && v.Value.Provision == models.Permit && v.Value.Active(c.now()), err
}

// PartnerReferrals lists a page of what a partner is asked for, the newest first, without
// anything of the persons. What is no more shared is not there: a page can hold fewer than
// its limit, and still have a next.
func (c *Service) PartnerReferrals(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[referral.Line], error) {
	var out chart.Page[referral.Line]
	p, err := c.partnerOf(ctx, actor)
	if models.KindOf(err) == models.KindNotFound {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	page, err := chart.ListReadable[referral.Referral](ctx, c.store, chart.ColReferrals, store.Query{Index: "partner", Equal: []any{p.ID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	consents, persons := make([]string, len(page.Items)), make([]string, len(page.Items))
	for n, v := range page.Items {
		consents[n], persons[n] = v.Value.ConsentID, v.Value.PatientID
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := errors.Join(ahead.Read(ctx, c.store, chart.ColConsents, consents...), ahead.Read(ctx, c.store, chart.ColContactStates, persons...)); err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		if ok, err := c.shown(ctx, v.Value); err == nil && ok && v.Value.Status != referral.Cancelled {
			out.Items = append(out.Items, v.Value.Line())
		}
	}
	e := c.base.AuditEvent(actor, "referrals.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// own finds a referral of the caller's organisation. A guess, one that was taken back and
// one of another partner are the same: nothing.
func (c *Service) own(ctx context.Context, actor models.Actor, id string) (kept, error) {
	p, err := c.partnerOf(ctx, actor)
	if err != nil {
		return kept{}, err
	}
	found, err := chart.AtMost[referral.Referral](ctx, c.store, chart.ColReferrals, store.Query{Index: "door", Equal: []any{doorKey(p.ID, id)}}, 2)
	if err != nil {
		return kept{}, err
	}
	if len(found) == 1 && found[0].Value.Status != referral.Cancelled {
		ok, err := c.shown(ctx, found[0].Value)
		if err != nil {
			return kept{}, err
		}
		if ok {
			return found[0], nil
		}
	}
	e := c.base.AuditEvent(actor, "referral.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "no-ground"
	if err := c.base.Note(ctx, e); err != nil {
		return kept{}, err
	}
	return kept{}, models.NotFound()
}

// PartnerReferral reads one: the patient's log says that the partner did, by which
// consent and with which notice.
func (c *Service) PartnerReferral(ctx context.Context, actor models.Actor, id string) (PortalView, error) {
	v, err := c.own(ctx, actor, id)
	if err != nil {
		return PortalView{}, err
	}
	return v.Value.Portal(), c.base.Note(ctx, c.disclosed(v.Value, actor, "referral.read"))
}

func (c *Service) disclosed(r referral.Referral, actor models.Actor, action string) models.AuditEvent {
	e := c.line(r, actor, action)
	e.Changed, e.Basis, e.ConsentID, e.Notice, e.Purpose = false, models.BasisConsent, r.ConsentID, r.Sent.NoticeVersion, models.PurposeReferral
	return e
}

// PartnerMove is a partner's next step. The same step again is one. Of two people of a
// partner who take it at once one does, and both are told so; of two partners who say yes
// about one need, the first has it, and the other is told that it is no more needed.
//
// Errors: KindConflict "not-from-here", "partner-full", "no-longer-needed".
func (c *Service) PartnerMove(ctx context.Context, actor models.Actor, id string, m referral.Move) (PortalView, error) {
	if actor.Role == models.RolePartner {
		if err := m.Check(c.now()); err != nil {
			return PortalView{}, err
		}
	}
	for range tries {
		v, err := c.own(ctx, actor, id)
		if err != nil {
			return PortalView{}, err
		}
		next, err := v.Value.Moved(m, c.now())
		if err != nil || chart.SameJSON(next, v.Value) {
			return v.Value.Portal(), err
		}
		ops, err := c.movedOps(ctx, v, next, chart.SystemActor)
		if err == nil && next.Status == referral.Accepted && v.Value.Status == referral.Requested {
			var more []store.Op
			more, err = c.acceptOps(ctx, next)
			ops = append(ops, more...)
		}
		if models.KindOf(err) == models.KindConflict && c.heldSince(ctx, id) {
			continue // the same yes came before ours, and what refused us counts it
		}
		if err != nil {
			return PortalView{}, err
		}
		e := c.disclosed(next, actor, "referral."+string(next.Status))
		e.Changed = true
		if err = c.base.Commit(ctx, e, ops...); !changed(err) {
			return next.Portal(), err
		}
	}
	return PortalView{}, chart.Refusal(store.ErrConflict)
}

// heldSince tells whether a referral was taken meanwhile.
func (c *Service) heldSince(ctx context.Context, id string) bool {
	v, err := chart.Load[referral.Referral](ctx, c.store, chart.ColReferrals, id)
	return err == nil && v.Value.Status.Held()
}

// acceptOps hold a partner's yes against its places and the other partners who were asked
// about the need. They write the patient's needs anew, so that of two at once one is
// first.
func (c *Service) acceptOps(ctx context.Context, r referral.Referral) ([]store.Op, error) {
	p, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, r.PartnerID)
	if err != nil {
		return nil, err
	}
	taken, err := c.placesOf(ctx, r.PartnerID)
	if err != nil {
		return nil, err
	}
	if taken.Value.Taken >= p.Value.Capacity {
		return nil, models.E(models.KindConflict, "partner-full", "All your places are taken. Ask the clinic to give you more.")
	}
	needs, err := c.needs(ctx, r.PatientID) // before what it guards: what comes between is then seen
	if err != nil {
		return nil, err
	}
	others, err := c.ofPatient(ctx, r.PatientID)
	if err != nil {
		return nil, err
	}
	guard, err := needsOp(r.PatientID, needs.Version, needs.Value)
	ops := []store.Op{guard}
	for _, o := range others {
		if o.Value.ID == r.ID || o.Value.Sent.Need != r.Sent.Need {
			continue
		}
		if o.Value.Status.Held() {
			return nil, models.E(models.KindConflict, "no-longer-needed", "This is no more needed. Thank you.")
		}
		if o.Value.Status == referral.Requested && err == nil {
			ops, err = c.withdrawn(ctx, ops, o)
		}
	}
	return ops, err
}

// withdrawn calls off another partner's, whose owner need do nothing about it.
// A line of its own says so to the patient's log, and by it the partner hears of it.
func (c *Service) withdrawn(ctx context.Context, ops []store.Op, o kept) ([]store.Op, error) {
	op, err := referralOp(o.Value.Stopped(referral.ByClinic, "another-said-yes", c.now()), o.Version)
	if err != nil {
		return ops, err
	}
	line, err := chart.AuditOp(c.line(o.Value, chart.SystemActor, "referral.cancelled"))
	if err != nil {
		return ops, err
	}
	work, err := c.tasks.EndOps(ctx, chart.SystemActor, o.Value.TaskID)
	return append(append(ops, op, line), work...), err
}
