package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
)

// refreshChain is what older programs kept of a session's refresh tokens: hashes of
// secrets, each an HMAC of the one before. Their phones come with such a token
// once and go on with a numbered one.
type refreshChain struct {
	Current []byte   `json:"current,omitempty"` // the newest secret of the chain
	Used    [][]byte `json:"used,omitempty"`    // newest last
}

// knows tells whether a secret is one of the chain.
func (r refreshChain) knows(secret []byte) bool {
	is := func(kept []byte) bool { return hmac.Equal(kept, chart.Hash(secret)) }
	return is(r.Current) || slices.ContainsFunc(r.Used, is)
}

func chainToken(sessionID string, secret []byte) string {
	return sessionID + "." + base64.RawURLEncoding.EncodeToString(secret)
}

// successor is the secret after a given one of a chain.
func (t *tokens) successor(sessionID string, secret []byte) []byte {
	m := hmac.New(sha256.New, t.pepper)
	m.Write([]byte(sessionID))
	m.Write(secret)
	return m.Sum(nil)
}

// standsInChain is stands for a token of a chain. The numbers follow its newest.
func (t *tokens) standsInChain(h held, r refreshState) standing {
	newest := hmac.Equal(chart.Hash(h.secret), r.Current)
	switch {
	case newest && r.Number == 0:
		return newestToken
	case newest && r.Number == 1, r.Number == 0 && hmac.Equal(chart.Hash(t.successor(h.session, h.secret)), r.Current):
		return askedAgain
	case r.knows(h.secret):
		return usedToken
	}
	return unknownToken
}

// after is the token that a token asked again gets.
func (t *tokens) after(h held, r refreshState) string {
	if h.secret != nil && r.Number == 0 {
		return chainToken(h.session, t.successor(h.session, h.secret))
	}
	return t.refresh(h.session, h.number+1)
}

// proven tells whether who holds a token holds this session: only they may hear
// why it ended.
func (c *Service) proven(ctx context.Context, h held, erased sessionEnd) (bool, error) {
	if h.secret == nil {
		return true, nil // takeApart has seen the proof
	}
	if erased.Why != "" {
		return erased.knows(h.secret), nil
	}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, h.session)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil && r.Value.knows(h.secret), err
}
