package signin

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// End ends a session for any reason.
func (c *Service) End(ctx context.Context, actor models.Actor, sessionID, why string) error {
	return c.endSession(ctx, actor, sessionID, why)
}

// Forget takes a session out of the store, as a backup that does not know it would.
func (c *Service) Forget(ctx context.Context, sessionID string) error {
	for _, col := range []string{chart.ColSessions, chart.ColRefresh} {
		d, err := c.store.Get(ctx, col, sessionID)
		if err != nil {
			return err
		}
		if err := c.store.Delete(ctx, col, sessionID, d.Version); err != nil {
			return err
		}
	}
	c.sessions.end(sessionID)
	return nil
}

// Remember gives what sets a session back to how it is now.
func (c *Service) Remember(ctx context.Context, sessionID string) (back func() error, err error) {
	then := map[string]store.Doc{}
	for _, col := range []string{chart.ColSessions, chart.ColRefresh} {
		if then[col], err = c.store.Get(ctx, col, sessionID); err != nil {
			return nil, err
		}
	}
	return func() error {
		for col, d := range then {
			now, err := c.store.Get(ctx, col, sessionID)
			if err != nil {
				return err
			}
			d.Version = now.Version
			if err := c.store.Replace(ctx, col, d); err != nil {
				return err
			}
		}
		c.sessions.end(sessionID)
		return nil
	}, nil
}

// MakeChain gives a session refresh tokens as older programs kept them: n of a
// chain, the last of them the newest.
func (c *Service) MakeChain(ctx context.Context, sessionID string, n int) ([]string, error) {
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
	if err != nil {
		return nil, err
	}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, sessionID)
	if err != nil {
		return nil, err
	}
	secret := chart.Hash([]byte(chart.NewID()))
	var tokens []string
	var kept refreshState
	for range n {
		if kept.Current != nil {
			kept.Used = append(kept.Used, kept.Current)
		}
		kept.Current = chart.Hash(secret)
		tokens = append(tokens, chainToken(sessionID, secret))
		secret = c.tokens.successor(sessionID, secret)
	}
	doc, err := chart.Encode(sessionID, sessionOwner(s.Value), r.Version, nil, kept)
	if err != nil {
		return nil, err
	}
	return tokens, c.store.Replace(ctx, chart.ColRefresh, doc)
}

// EmergencyStepUpNeeded is what breaking the glass asks.
func (c *Service) EmergencyStepUpNeeded(ctx context.Context, actor models.Actor) error {
	return c.stepUpNeeded(ctx, actor, true)
}

// ForgetVerified makes the next token of each sort be verified anew.
func (c *Service) ForgetVerified() { c.tokens.verified.Purge() }

// TakePINTurns takes every turn of judging a PIN.
func (c *Service) TakePINTurns(ctx context.Context) (release func()) {
	var all []func()
	for range pinTurns {
		r, err := c.takePINTurn(ctx)
		if err != nil {
			panic(err)
		}
		all = append(all, r)
	}
	return func() {
		for _, r := range all {
			r()
		}
	}
}
