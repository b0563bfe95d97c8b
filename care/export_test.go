package care

import (
	"context"
	"time"

	"handrail/models"
	"handrail/store"
)

// End ends a session for any reason.
func (c *Care) End(ctx context.Context, actor models.Actor, sessionID, why string) error {
	return c.endSession(ctx, actor, sessionID, why)
}

// BePatient lets waits for the store be as long as a busy machine needs. For tests of
// what happens when it answers.
func (c *Care) BePatient() *Care {
	c.patience = patience{time.Minute, time.Minute}
	c.keyPatience = time.Minute
	return c
}

// Forget takes a session out of the store, as a backup that does not know it would.
func (c *Care) Forget(ctx context.Context, sessionID string) error {
	for _, col := range []string{colSessions, colRefresh} {
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
func (c *Care) Remember(ctx context.Context, sessionID string) (back func() error, err error) {
	then := map[string]store.Doc{}
	for _, col := range []string{colSessions, colRefresh} {
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
func (c *Care) MakeChain(ctx context.Context, sessionID string, n int) ([]string, error) {
	s, err := load[models.Session](ctx, c.store, colSessions, sessionID)
	if err != nil {
		return nil, err
	}
	r, err := load[refreshState](ctx, c.store, colRefresh, sessionID)
	if err != nil {
		return nil, err
	}
	secret := hash([]byte(NewID()))
	var tokens []string
	var kept refreshState
	for range n {
		if kept.Current != nil {
			kept.Used = append(kept.Used, kept.Current)
		}
		kept.Current = hash(secret)
		tokens = append(tokens, chainToken(sessionID, secret))
		secret = c.tokens.successor(sessionID, secret)
	}
	doc, err := encode(sessionID, sessionOwner(s.Value), r.Version, nil, kept)
	if err != nil {
		return nil, err
	}
	return tokens, c.store.Replace(ctx, colRefresh, doc)
}

// SetMaxSeries sets how many check-ins a trend reads, and gives the number before.
func SetMaxSeries(n int) int {
	old := maxSeriesCheckIns
	maxSeriesCheckIns = n
	return old
}

// Shelved is the crisis plan that this instance keeps for a patient; "" is none.
func (c *Care) Shelved(ctx context.Context, patientID string) string {
	v, _ := c.shelf.get(ctx, patientID)
	return v.JWS
}

// SignOld stores a consent as an older program did, with scopes that are not offered
// any more.
func (c *Care) SignOld(ctx context.Context, v models.Consent) error {
	doc, err := encode(v.ID, v.PatientID, 0, consentKeys(v), v)
	if err != nil {
		return err
	}
	return c.store.Insert(ctx, colConsents, doc)
}
