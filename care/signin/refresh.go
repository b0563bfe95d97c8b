package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// A refresh token is "SESSION.NUMBER.PROOF". The proof is an HMAC of the two under a
// secret of the site, so the successor of a token is known without being stored:
// the same token asked again gets the same answer, and a store that was set back
// knows the later tokens of its sessions (decision 0003). Tokens of older programs
// are in refreshchain.go.

// refreshState is what is kept of a session's refresh tokens.
type refreshState struct {
	Number    int64     `json:"number,omitempty"` // of the newest token that was given; 0: none of this form yet
	RotatedAt time.Time `json:"rotatedAt"`
	refreshChain
}

// proof is what only this site can make of a session and a number.
func (t *tokens) proof(sessionID string, number int64) []byte {
	m := hmac.New(sha256.New, t.pepper)
	m.Write(store.JoinText("refresh", sessionID, strconv.FormatInt(number, 10)))
	return m.Sum(nil)
}

// refresh is the refresh token of a session with a number.
func (t *tokens) refresh(sessionID string, number int64) string {
	return sessionID + "." + strconv.FormatInt(number, 10) + "." + base64.RawURLEncoding.EncodeToString(t.proof(sessionID, number))
}

// held is a refresh token that was taken apart: a number with a proof that holds,
// or the secret of a chain, which is to be proved yet.
type held struct {
	session string
	number  int64
	secret  []byte
}

const maxRefreshNumber = 1 << 40 // a token a second for longer than anybody lives

func (t *tokens) takeApart(token string) (h held, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) < 2 || len(parts) > 3 || len(parts[0]) > 64 {
		return h, false
	}
	h.session = parts[0]
	last, err := base64.RawURLEncoding.Strict().DecodeString(parts[len(parts)-1])
	if err != nil || len(last) != sha256.Size {
		return h, false
	}
	if len(parts) == 2 {
		h.secret = last
		return h, true
	}
	h.number, err = strconv.ParseInt(parts[1], 10, 64)
	return h, err == nil && h.number > 0 && h.number < maxRefreshNumber && hmac.Equal(last, t.proof(h.session, h.number))
}

// standing is what a token is to the state of its session.
type standing int

const (
	unknownToken standing = iota
	newestToken           // gives the next one
	askedAgain            // was used, its successor was not: gives the same successor
	usedToken             // its successor was used too: two parties hold the session
)

// stands judges a token. A number beyond the newest was given after the backup that
// this store was restored from: the session goes on from there.
func (t *tokens) stands(h held, r refreshState) standing {
	switch {
	case h.secret != nil:
		return t.standsInChain(h, r)
	case h.number >= r.Number:
		return newestToken
	case h.number == r.Number-1:
		return askedAgain
	}
	return usedToken
}

// Refresh gives a new access token and the next refresh token for the newest one. A
// token whose successor nobody has used gets that successor again, however late. An
// older one ends the session: two parties hold it.
func (c *Service) Refresh(ctx context.Context, token string) (SignedIn, error) {
	return c.RefreshProven(ctx, token, "")
}

// RefreshProven is Refresh for a device that proved a key, of which it gets the
// thumbprint. The tokens of a session with a key are worth nothing without it, so the
// same proof sent twice, at whatever instance, gives nobody anything new. Why a session
// ended is told without a proof: a word that empties a phone must reach it when its key
// is lost too.
//
// Errors: proof-not-valid ends nothing.
func (c *Service) RefreshProven(ctx context.Context, token, thumbprint string) (SignedIn, error) {
	h, ok := c.tokens.takeApart(token)
	if !ok {
		return SignedIn{}, ErrSignedOut()
	}
	s, err := c.loadSession(ctx, h.session)
	if err != nil || !s.Value.Live(c.now()) {
		return SignedIn{}, c.notLiveTo(ctx, h, s.Value, err)
	}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, h.session)
	if err != nil {
		return SignedIn{}, unlessDown(err, ErrSignedOut())
	}
	if key := s.Value.KeyThumbprint; key != "" && key != thumbprint && c.tokens.stands(h, r.Value) != unknownToken {
		return SignedIn{}, errProof()
	}
	switch c.tokens.stands(h, r.Value) {
	case newestToken:
		lengthened, err := c.rotate(ctx, s, r, h.number+1)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil { // another tab was faster, with the same token
			return c.RefreshProven(ctx, token, thumbprint)
		}
		if err != nil {
			return SignedIn{}, err
		}
		return c.signedIn(ctx, lengthened, c.tokens.refresh(h.session, h.number+1))
	case askedAgain:
		return c.signedIn(ctx, s.Value, c.tokens.after(h, r.Value))
	case usedToken:
		return SignedIn{}, c.reused(ctx, s.Value)
	}
	return SignedIn{}, ErrSignedOut()
}

// rotate makes number the newest token and lengthens the session.
func (c *Service) rotate(ctx context.Context, s chart.Versioned[models.Session], r chart.Versioned[refreshState], number int64) (models.Session, error) {
	now := c.now().UTC().Truncate(time.Millisecond)
	r.Value.Number, r.Value.RotatedAt = number, now
	s.Value.ExpiresAt, s.Value.LastUsedAt = now.Add(c.sessionLife(s.Value.Role)), now.Truncate(time.Hour)
	if at := models.PlaceFrom(ctx); at != (models.Place{}) {
		s.Value.Place = at
	}
	owner := sessionOwner(s.Value)
	ref, err := chart.Encode(s.Value.ID, owner, r.Version, nil, r.Value)
	if err != nil {
		return s.Value, err
	}
	doc, err := chart.Encode(s.Value.ID, owner, s.Version, sessionKeys(s.Value), s.Value)
	if err != nil {
		return s.Value, err
	}
	return s.Value, chart.Refusal(c.store.Batch(ctx, store.Replace(chart.ColRefresh, ref), store.Replace(chart.ColSessions, doc)))
}

// reused ends a session whose old token came back, and writes it down.
func (c *Service) reused(ctx context.Context, s models.Session) error {
	if err := c.endSession(ctx, s.Actor(), s.ID, models.EndReused); err != nil {
		return err
	}
	return ErrSignedOut()
}
