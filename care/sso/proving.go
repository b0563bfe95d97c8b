package sso

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
)

// proveSlack is how much longer ago than the question somebody may have typed their
// password there, by the provider's clock.
const proveSlack = 30 * time.Second

// proofAt stands in a sign-in that is a proof where others have their provider: an instance
// of a version that knows no proofs refuses it, and does not sign anybody in by it.
func proofAt(p Provider) string { return "proof at " + p.ID }

// Prove asks a provider that somebody who is signed in here shows there once more that it
// is them (prompt=login): the lock of their page opens by it.
func (c *Service) Prove(ctx context.Context, actor models.Actor, providerID string) (Begun, error) {
	p, err := c.provider(providerID)
	if err != nil {
		return Begun{}, err
	}
	if !actor.Role.Staff() {
		return Begun{}, c.base.Forbid(ctx, actor, "provider.prove")
	}
	return c.start(ctx, p, login{Prove: actor.AccountID})
}

// proves refuses who is somebody else, and a provider that asked nobody anew: it would
// open the page to whoever stands at a computer that is signed in there.
func (c *Service) proves(ctx context.Context, p Provider, l login, who Identity) error {
	known, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, subjectID(who.Issuer, who.Subject))
	if models.KindOf(err) == models.KindNotFound || err == nil && known.Value.AccountID != l.Prove {
		return c.refused(ctx, p, errUnknown())
	}
	if err != nil {
		return err
	}
	asked := c.now().Sub(l.Until.Add(-loginLife))
	if who.Ago < 0 || who.Ago > asked+proveSlack {
		return c.refused(ctx, p, models.E(models.KindInvalid, "sign-in-not-fresh", "Your hospital did not ask you anew. Please sign in with another way."))
	}
	return nil
}

// tellProved tells once whose lock opens: who comes to the browser later and asks again has
// shown nothing. Of two at once one is told.
func (c *Service) tellProved(ctx context.Context, id string, l chart.Versioned[login]) (Finished, error) {
	if l.Value.Told {
		return Finished{}, errLogin()
	}
	l.Value.Told = true
	err := c.replaceLogin(ctx, id, &l)
	if models.KindOf(err) == models.KindStale {
		err = errLogin()
	}
	if err != nil {
		return Finished{}, err
	}
	return Finished{Proved: l.Value.Prove}, nil
}
