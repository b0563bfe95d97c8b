package referrals

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
)

// PartnerView is a partner as the clinic reads it.
type PartnerView struct {
	referral.Partner
	Taken int `json:"taken"`
}

// Partners lists a page of the organisations, the oldest first: for those who work here.
func (c *Service) Partners(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[PartnerView], error) {
	var out chart.Page[PartnerView]
	if !actor.Role.Staff() {
		return out, c.base.Forbid(ctx, actor, "partners.list")
	}
	page, err := chart.List[referral.Partner](ctx, c.store, chart.ColPartners, store.Query{Index: "site", Equal: []any{chart.OwnerSite}, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	ids := make([]string, len(page.Items))
	for n, v := range page.Items {
		ids[n] = v.Value.ID
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColPlaces, ids...); err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		taken, err := c.placesOf(ctx, v.Value.ID)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, PartnerView{v.Value, taken.Value.Taken})
	}
	return out, nil
}

func (c *Service) mayKeep(ctx context.Context, actor models.Actor) error {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return c.base.Forbid(ctx, actor, "partner.change")
	}
	return nil
}

// Partner reads one, for those who work here.
func (c *Service) Partner(ctx context.Context, actor models.Actor, id string) (chart.Versioned[PartnerView], error) {
	none := chart.Versioned[PartnerView]{}
	if !actor.Role.Staff() {
		return none, c.base.Forbid(ctx, actor, "partners.list")
	}
	v, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, id)
	if err != nil {
		return none, err
	}
	taken, err := c.placesOf(ctx, id)
	return chart.Versioned[PartnerView]{Value: PartnerView{v.Value, taken.Value.Taken}, Version: v.Version}, err
}

// AddPartner keeps a new organisation. The same under the same id is one.
func (c *Service) AddPartner(ctx context.Context, actor models.Actor, id string, t referral.PartnerTerms) (chart.Versioned[PartnerView], error) {
	none := chart.Versioned[PartnerView]{}
	if err := c.mayKeep(ctx, actor); err != nil {
		return none, err
	}
	t.Phone = models.NormalPhone(t.Phone)
	if err := t.Check(); err != nil {
		return none, err
	}
	err := c.writePartner(ctx, actor, referral.Partner{ID: id, Since: c.now().UTC(), PartnerTerms: t}, 0)
	if models.KindOf(err) == models.KindConflict {
		if stands, first := chart.First[referral.Partner](ctx, c.store, chart.ColPartners, id, err); first != nil || !chart.SameJSON(stands.Value.PartnerTerms, t) {
			return none, errors.Join(first, err)
		}
		err = nil
	}
	if err != nil {
		return none, err
	}
	return c.Partner(ctx, actor, id)
}

func (c *Service) writePartner(ctx context.Context, actor models.Actor, p referral.Partner, version int64, more ...store.Op) error {
	doc, err := chart.Encode(p.ID, chart.OwnerSite, version, store.Keys{"site": chart.OwnerSite, "since": chart.Millis(p.Since)}, p)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColPartners, doc)
	if version == 0 {
		op = store.Insert(chart.ColPartners, doc)
	}
	e := c.base.AuditEvent(actor, "partner.changed")
	e.Ref, e.Changed = p.ID, true
	return c.base.Commit(ctx, e, append(more, op)...)
}

// SetPartner changes an organisation, or with ended lets it go: from then on it sees
// nothing, its open referrals are called off, and who owns them is due to find another
// way. Cut off between, the same call again goes on.
func (c *Service) SetPartner(ctx context.Context, actor models.Actor, version int64, id string, t referral.PartnerTerms, ended bool) (chart.Versioned[PartnerView], error) {
	none := chart.Versioned[PartnerView]{}
	if err := c.mayKeep(ctx, actor); err != nil {
		return none, err
	}
	t.Phone = models.NormalPhone(t.Phone)
	if err := t.Check(); err != nil {
		return none, err
	}
	v, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, id)
	if err != nil {
		return none, err
	}
	next := v.Value
	next.PartnerTerms = t
	if now := c.now().UTC(); ended && next.EndedAt == nil {
		next.EndedAt = &now
	} else if !ended {
		next.EndedAt = nil
	}
	if !chart.SameJSON(next, v.Value) {
		if v.Version != version {
			return none, chart.Refusal(store.ErrConflict)
		}
		taken, err := c.placesOf(ctx, id) // written too: of a change and a partner's yes at once one is first
		if err != nil {
			return none, err
		}
		guard, err := c.placesOp(id, taken, 0)
		if err != nil {
			return none, err
		}
		if err := c.writePartner(ctx, actor, next, version, guard); err != nil {
			return none, err
		}
	}
	if ended {
		if err := c.letGo(ctx, id); err != nil {
			return none, err
		}
	}
	return c.Partner(ctx, actor, id)
}

// letGo calls off what a partner that ended still held. One that can't be read stops no
// other: nobody of the partner can read it either.
func (c *Service) letGo(ctx context.Context, partnerID string) error {
	found, _, err := chart.ReadableOnes[referral.Referral](ctx, c.store, chart.ColReferrals, store.Query{Index: "partner", Equal: []any{partnerID}}, 0)
	if err != nil {
		return err
	}
	var failed error
	for _, v := range found {
		if !v.Value.Status.Ended() {
			failed = errors.Join(failed, c.stop(ctx, v.Value.ID, referral.ByClinic, "partner-ended", chart.SystemActor))
		}
	}
	return failed
}

// stop calls a referral off for the clinic itself, with a line in the patient's log.
func (c *Service) stop(ctx context.Context, id, side, words string, actor models.Actor) error {
	for range tries {
		v, err := chart.Load[referral.Referral](ctx, c.store, chart.ColReferrals, id)
		if err != nil || v.Value.Status.Ended() {
			return err
		}
		ops, err := c.movedOps(ctx, v, v.Value.Stopped(side, words, c.now()), actor)
		if err != nil {
			return err
		}
		if err = c.base.Commit(ctx, c.line(v.Value, actor, "referral.cancelled"), ops...); !changed(err) {
			return err
		}
	}
	return chart.Refusal(store.ErrConflict)
}

// line is what the patient's log says of a referral.
func (c *Service) line(r referral.Referral, actor models.Actor, action string) models.AuditEvent {
	e := c.base.AuditEvent(actor, action)
	e.PatientID, e.Section, e.Ref, e.Changed = r.PatientID, models.SectionReferrals, r.ID, true
	return e
}
