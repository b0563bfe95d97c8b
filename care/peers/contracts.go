package peers

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/peer"
	"handrail/store"
)

// Contracts lists those of the patient, the newest first: the patient alone.
func (ch *Part) Contracts(ctx context.Context) ([]chart.Versioned[peer.Contract], error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return nil, err
	}
	found, err := ch.contracts(ctx)
	if err != nil {
		return nil, err
	}
	return found, ch.chart.NoteRead(ctx, d, "contract.read", "", len(found))
}

func (ch *Part) contracts(ctx context.Context) ([]contract, error) {
	return chart.Every[peer.Contract](ctx, ch.care.store, chart.ColContracts, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
}

// partner is who somebody is that a patient can ask: family or a friend of their circle,
// or a peer with whom they go.
func (c *Service) partner(ctx context.Context, patientID, accountID string) (name string, ok bool, err error) {
	r, err := chart.Load[models.RelatedPerson](ctx, c.store, chart.ColRelated, chart.MembershipID(patientID, accountID))
	if err == nil {
		return r.Value.Name, true, nil
	}
	if models.KindOf(err) != models.KindNotFound {
		return "", false, err
	}
	err = chart.Through(ctx, c.store, chart.ColPeerMatches, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true}, func(v match) (bool, error) {
		if ok = v.Value.PeerID == accountID && v.Value.Status == peer.Together; ok {
			name = v.Value.PeerName
		}
		return ok, nil
	})
	return name, ok, err
}

// Write asks somebody for a contract. Nothing holds before they say yes. The same id again
// is one.
//
// Errors: those of Terms.Check; KindInvalid with "partnerId"; KindConflict "already-there",
// "too-many".
func (ch *Part) Write(ctx context.Context, id, partnerID string, t peer.Terms) (contract, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return contract{}, err
	}
	if err := t.Check(); err != nil {
		return contract{}, err
	}
	all, err := ch.contracts(ctx)
	if err != nil {
		return contract{}, err
	}
	for _, v := range all {
		switch {
		case v.Value.ID == id && v.Value.PartnerID == partnerID && chart.SameJSON(v.Value.Terms, t.Normal()):
			return v, nil
		case v.Value.ID == id:
			return contract{}, chart.Refusal(store.ErrExists)
		case v.Value.Open() && v.Value.PartnerID == partnerID:
			return contract{}, models.E(models.KindConflict, "already-there", "You have this with them already. Change that one.")
		}
	}
	if len(all) >= peer.MaxContracts {
		return contract{}, models.E(models.KindConflict, "too-many", "That is too many.")
	}
	name, ok, err := ch.care.partner(ctx, ch.patient, partnerID)
	if err != nil {
		return contract{}, err
	}
	if !ok {
		var c models.Checks
		c.Fail("partnerId", "not-a-choice", "Choose somebody of your circle, or a peer with whom you go.")
		return contract{}, c.Err()
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return contract{}, err
	}
	next := peer.Begin(id, ch.patient, p.Value.Name, partnerID, name, t, ch.care.now())
	return ch.save(ctx, d, "contract.asked", contract{Value: next})
}

func (ch *Part) save(ctx context.Context, d models.Decision, action string, v contract) (contract, error) {
	op, err := contractOp(v)
	if err != nil {
		return v, err
	}
	e := ch.chart.Event(d, action)
	e.Ref, e.Whom, e.Changed = v.Value.ID, v.Value.PartnerID, true
	v.Version++
	return v, ch.care.base.Commit(ctx, e, op)
}

func (ch *Part) contract(ctx context.Context, id string) (contract, error) {
	v, err := chart.Load[peer.Contract](ctx, ch.care.store, chart.ColContracts, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

// Contract reads one: the patient alone.
func (ch *Part) Contract(ctx context.Context, id string) (contract, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return contract{}, err
	}
	v, err := ch.contract(ctx, id)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "contract.read", id, 1)
}

// Rewrite says it in other words, if version is still the newest: the partner is asked
// anew, and until then nothing is agreed. The same again is done.
//
// Errors: those of Terms.Check and Contract.Rewritten.
func (ch *Part) Rewrite(ctx context.Context, id string, version int64, t peer.Terms) (contract, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return contract{}, err
	}
	if err := t.Check(); err != nil {
		return contract{}, err
	}
	v, err := ch.contract(ctx, id)
	if err != nil || chart.SameJSON(v.Value.Terms, t.Normal()) && v.Value.Open() {
		return v, err
	}
	if v.Version != version {
		return contract{}, chart.Refusal(store.ErrConflict)
	}
	next, err := v.Value.Rewritten(t, ch.care.now())
	if err != nil {
		return contract{}, err
	}
	return ch.save(ctx, d, "contract.changed", contract{Value: next, Version: v.Version})
}

// EndContract ends one in one tap, without a reason: the patient.
func (ch *Part) EndContract(ctx context.Context, id string) (contract, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return contract{}, err
	}
	return again(ctx, func() (contract, error) {
		v, err := ch.contract(ctx, id)
		if err != nil || v.Value.Status == peer.Ended {
			return v, err
		}
		return ch.save(ctx, d, "contract.ended", contract{Value: v.Value.End(ch.care.now()), Version: v.Version})
	})
}

// Asked lists the contracts that somebody asks the actor for, or that they hold to, the
// newest first. Of one that ended, or whose patient has taken them out of their circle,
// nothing is left. A page may hold fewer than limit.
func (c *Service) Asked(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[peer.Contract], error) {
	out := chart.Page[peer.Contract]{Items: []peer.Contract{}}
	if actor.Role != models.RoleSupporter && !isPeer(actor) {
		return out, c.base.Forbid(ctx, actor, "contract.read")
	}
	page, err := chart.List[peer.Contract](ctx, c.store, chart.ColContracts, store.Query{Index: "partner", Equal: []any{actor.AccountID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	with, err := c.with(ctx, actor)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		if v.Value.Status != peer.Ended && with[v.Value.PatientID] {
			out.Items = append(out.Items, v.Value)
		}
	}
	e := c.base.AuditEvent(actor, "contract.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// with are the patients beside whom the actor stands.
func (c *Service) with(ctx context.Context, actor models.Actor) (map[string]bool, error) {
	out := map[string]bool{}
	if isPeer(actor) {
		found, err := chart.Every[peer.Match](ctx, c.store, chart.ColPeerMatches, store.Query{Index: "peer", Equal: []any{actor.AccountID}, Desc: true})
		for _, v := range found {
			if v.Value.Status == peer.Together {
				out[v.Value.PatientID] = true
			}
		}
		return out, err
	}
	found, err := chart.Every[models.RelatedPerson](ctx, c.store, chart.ColRelated, store.Query{Index: "account", Equal: []any{actor.AccountID}})
	for _, v := range found {
		out[v.Value.PatientID] = true
	}
	return out, err
}

// AnswerContract is the partner's yes or no to the words of a number.
//
// Errors: those of Contract.Answer.
func (c *Service) AnswerContract(ctx context.Context, actor models.Actor, id string, number int, yes bool) (peer.Contract, error) {
	action := map[bool]string{true: "contract.agreed", false: "contract.declined"}[yes]
	return c.asPartner(ctx, actor, id, action, func(v peer.Contract) (peer.Contract, error) { return v.Answer(number, yes, c.now()) })
}

// EndAsPartner ends one in one tap, without a reason: the partner.
func (c *Service) EndAsPartner(ctx context.Context, actor models.Actor, id string) (peer.Contract, error) {
	return c.asPartner(ctx, actor, id, "contract.ended", func(v peer.Contract) (peer.Contract, error) { return v.End(c.now()), nil })
}

func (c *Service) asPartner(ctx context.Context, actor models.Actor, id, action string, edit func(peer.Contract) (peer.Contract, error)) (peer.Contract, error) {
	if actor.Role != models.RoleSupporter && !isPeer(actor) {
		return peer.Contract{}, c.base.Forbid(ctx, actor, action)
	}
	return again(ctx, func() (peer.Contract, error) {
		v, err := chart.Load[peer.Contract](ctx, c.store, chart.ColContracts, id)
		if err == nil && v.Value.PartnerID != actor.AccountID {
			err = models.NotFound()
		}
		if err != nil {
			return peer.Contract{}, err
		}
		if with, err := c.with(ctx, actor); err != nil || !with[v.Value.PatientID] {
			if err == nil {
				err = models.NotFound()
			}
			return peer.Contract{}, err
		}
		next, err := edit(v.Value)
		if err != nil || chart.SameJSON(next, v.Value) {
			return next, err
		}
		op, err := contractOp(contract{Value: next, Version: v.Version})
		if err != nil {
			return next, err
		}
		return next, c.base.Commit(ctx, c.line(actor, next.PatientID, action, id, next.PartnerID), op)
	})
}
