package peers

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/peer"
	"handrail/store"
)

// Profile reads what the actor shares as a peer: for peers alone.
func (c *Service) Profile(ctx context.Context, actor models.Actor) (chart.Versioned[peer.Profile], error) {
	if !isPeer(actor) {
		return chart.Versioned[peer.Profile]{}, c.base.Forbid(ctx, actor, "peer.profile")
	}
	v, err := chart.Load[peer.Profile](ctx, c.store, chart.ColPeerProfiles, actor.AccountID)
	if models.KindOf(err) == models.KindNotFound {
		v, err = chart.Versioned[peer.Profile]{Value: peer.Profile{AccountID: actor.AccountID, Name: actor.Name, ProfileTerms: peer.ProfileTerms{Places: 5}.Normal()}}, nil
	}
	v.Version++
	return v, err
}

// SetProfile writes it anew, if version is still the newest. The same again is done.
func (c *Service) SetProfile(ctx context.Context, actor models.Actor, version int64, t peer.ProfileTerms) (chart.Versioned[peer.Profile], error) {
	none := chart.Versioned[peer.Profile]{}
	now, err := c.Profile(ctx, actor)
	if err != nil {
		return none, err
	}
	if err := t.Check(); err != nil {
		return none, err
	}
	next := peer.Profile{AccountID: actor.AccountID, Name: actor.Name, ProfileTerms: t.Normal()}
	if now.Version > 1 && chart.SameJSON(now.Value, next) {
		return now, nil
	}
	if now.Version != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(actor.AccountID, actor.AccountID, version-1, store.Keys{"site": chart.OwnerSite, "name": actor.AccountID}, next)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColPeerProfiles, doc)
	if version == 1 {
		op = store.Insert(chart.ColPeerProfiles, doc)
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "peer.profile"), op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[peer.Profile]{Value: next, Version: version + 1}, err
}
