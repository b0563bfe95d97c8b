package care

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"handrail/models"
	"handrail/store"
)

// refreshGrace is how long the token before the newest still gets the same
// successor: for a phone that never got the answer, and for two tabs.
const refreshGrace = 60 * time.Second

// refreshMemory is how many used tokens of a session are remembered, to tell a
// stolen old one from noise.
const refreshMemory = 100

// refreshState is what is kept of a session's refresh tokens: hashes only.
type refreshState struct {
	Current   []byte    `json:"current"`
	Used      [][]byte  `json:"used"` // newest last
	RotatedAt time.Time `json:"rotatedAt"`
}

// SignedIn is what a device gets: a short access token and a refresh token.
type SignedIn struct {
	AccessToken  string
	ExpiresAt    time.Time
	RefreshToken string
	Session      models.Session
}

func (c *Care) newSession(a models.Account, device models.Device) models.Session {
	now := c.now().UTC().Truncate(time.Millisecond)
	return models.Session{ID: NewID(), AccountID: a.ID, Role: a.Role, Discipline: a.Discipline, PatientID: a.PatientID,
		Name: a.Name, Device: device, CreatedAt: now, ExpiresAt: now.Add(c.sessionLife(a.Role))}
}

func (c *Care) sessionLife(r models.Role) time.Duration {
	if r.Staff() {
		return time.Duration(c.config.StaffSessionHours) * time.Hour
	}
	return time.Duration(c.config.PatientSessionDays) * 24 * time.Hour
}

// sessionOps inserts a session with its first refresh token.
func (c *Care) sessionOps(s models.Session, a models.Account) ([]store.Op, string, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	doc, err := encode(s.ID, accountOwner(a), 0, sessionKeys(s), s)
	if err != nil {
		return nil, "", err
	}
	ref, err := encode(s.ID, accountOwner(a), 0, nil, refreshState{Current: hash(secret), RotatedAt: s.CreatedAt})
	return []store.Op{store.Insert(colSessions, doc), store.Insert(colRefresh, ref)}, refreshToken(s.ID, secret), err
}

func sessionKeys(s models.Session) store.Keys {
	return store.Keys{"accountId": s.AccountID, "createdAt": millis(s.CreatedAt)}
}

func sessionOwner(s models.Session) string {
	if s.PatientID != "" {
		return s.PatientID
	}
	return s.AccountID
}

func hash(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:]
}

func refreshToken(sessionID string, secret []byte) string {
	return sessionID + "." + base64.RawURLEncoding.EncodeToString(secret)
}

// errSignedOut is the one answer to a token that does not hold any more.
func errSignedOut() error {
	return models.E(models.KindUnsigned, "sign-in-ended", "You are signed out. Please sign in again.")
}

func splitRefresh(token string) (sessionID string, secret []byte, ok bool) {
	id, text, found := strings.Cut(token, ".")
	secret, err := base64.RawURLEncoding.DecodeString(text)
	return id, secret, found && err == nil && len(secret) == 32 && len(id) <= 64
}

// Refresh gives a new access token and the next refresh token for the newest one.
// The one before it gets the same successor for a minute. Any older one ends the
// session: two parties hold it.
func (c *Care) Refresh(ctx context.Context, token string) (SignedIn, error) {
	id, secret, ok := splitRefresh(token)
	if !ok {
		return SignedIn{}, errSignedOut()
	}
	s, err := load[models.Session](ctx, c.store, colSessions, id)
	if err != nil || !s.Value.Live(c.now()) {
		return SignedIn{}, unlessDown(err, errSignedOut())
	}
	r, err := load[refreshState](ctx, c.store, colRefresh, id)
	if err != nil {
		return SignedIn{}, unlessDown(err, errSignedOut())
	}
	next := c.tokens.successor(id, secret)
	switch {
	case hmac.Equal(hash(secret), r.Value.Current):
		err := c.rotate(ctx, s, r, secret, next)
		if models.KindOf(err) == models.KindStale { // another tab was faster, with the same token
			return c.Refresh(ctx, token)
		}
		if err != nil {
			return SignedIn{}, err
		}
		return c.signedIn(ctx, s.Value, refreshToken(id, next))
	case hmac.Equal(hash(next), r.Value.Current) && c.now().Sub(r.Value.RotatedAt) <= refreshGrace:
		return c.signedIn(ctx, s.Value, refreshToken(id, next))
	case slices.ContainsFunc(r.Value.Used, func(u []byte) bool { return hmac.Equal(u, hash(secret)) }):
		return SignedIn{}, c.reused(ctx, s.Value)
	}
	return SignedIn{}, errSignedOut()
}

// unlessDown keeps a store's failure from looking like a sign-out: a phone must
// not throw its tokens away because the database was gone for a minute.
func unlessDown(err, otherwise error) error {
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	return otherwise
}

// rotate makes next the newest token and lengthens the session.
func (c *Care) rotate(ctx context.Context, s Versioned[models.Session], r Versioned[refreshState], used, next []byte) error {
	now := c.now().UTC().Truncate(time.Millisecond)
	r.Value.Used = append(r.Value.Used, hash(used))
	if over := len(r.Value.Used) - refreshMemory; over > 0 {
		r.Value.Used = r.Value.Used[over:]
	}
	r.Value.Current, r.Value.RotatedAt = hash(next), now
	s.Value.ExpiresAt = now.Add(c.sessionLife(s.Value.Role))
	owner := sessionOwner(s.Value)
	ref, err := encode(s.Value.ID, owner, r.Version, nil, r.Value)
	if err != nil {
		return err
	}
	doc, err := encode(s.Value.ID, owner, s.Version, sessionKeys(s.Value), s.Value)
	if err != nil {
		return err
	}
	return refusal(c.store.Batch(ctx, store.Replace(colRefresh, ref), store.Replace(colSessions, doc)))
}

// reused ends a session whose old token came back, and writes it down.
func (c *Care) reused(ctx context.Context, s models.Session) error {
	if err := c.endSession(ctx, s.Actor(), s.ID, models.EndReused); err != nil {
		return err
	}
	return errSignedOut()
}

// Sessions lists the actor's live sessions, newest first.
func (c *Care) Sessions(ctx context.Context, actor models.Actor) ([]models.Session, error) {
	found, err := all[models.Session](ctx, c.store, colSessions,
		store.Query{Index: "account", Equal: []any{actor.AccountID}, Desc: true}, maxConsents)
	out := make([]models.Session, 0, len(found))
	for _, s := range found {
		if s.Value.Live(c.now()) {
			out = append(out, s.Value)
		}
	}
	return out, err
}

// EndSession signs one of the actor's devices out. It holds from the next request.
func (c *Care) EndSession(ctx context.Context, actor models.Actor, sessionID string) error {
	s, err := load[models.Session](ctx, c.store, colSessions, sessionID)
	if err != nil {
		return err
	}
	if s.Value.AccountID != actor.AccountID {
		return models.NotFound()
	}
	why := models.EndByOwner
	if sessionID == actor.SessionID {
		why = models.EndSignedOut
	}
	return c.endSession(ctx, actor, sessionID, why)
}

func (c *Care) endSession(ctx context.Context, actor models.Actor, sessionID, why string) error {
	end, err := c.ending(ctx, sessionID, why)
	if err != nil || len(end.ops) == 0 {
		return err
	}
	l := c.auditLine(actor, "session.ended")
	l.Ref, l.Rule, l.PatientID = sessionID, why, actor.PatientID
	err = c.commit(ctx, l, end.ops...)
	if models.KindOf(err) == models.KindStale && ctx.Err() == nil { // a refresh came between: end the newer one
		return c.endSession(ctx, actor, sessionID, why)
	}
	if err != nil {
		return err
	}
	return c.afterEnding(ctx, end)
}

// ending is what ends a session: its ops, and the shelf copy that it leaves.
type ending struct {
	session string
	ops     []store.Op
	copy    *shelved
}

// ending marks a session as ended, forgets its refresh tokens and takes it off the
// shelf of crisis plans. No ops when it has ended already.
func (c *Care) ending(ctx context.Context, sessionID, why string) (ending, error) {
	s, err := load[models.Session](ctx, c.store, colSessions, sessionID)
	if err != nil || s.Value.EndedAt != nil {
		return ending{}, err
	}
	now := c.now().UTC()
	s.Value.EndedAt, s.Value.EndedWhy = &now, why
	doc, err := encode(sessionID, sessionOwner(s.Value), s.Version, sessionKeys(s.Value), s.Value)
	if err != nil {
		return ending{}, err
	}
	r, err := c.store.Get(ctx, colRefresh, sessionID)
	if err != nil {
		return ending{}, refusal(err)
	}
	off, left, err := c.offShelfOp(ctx, s.Value)
	return ending{sessionID, append(off, store.Replace(colSessions, doc), store.Delete(colRefresh, sessionID, r.Version)), left}, err
}

// afterEnding makes this machine's shelf follow at once; the others follow within
// a second.
func (c *Care) afterEnding(ctx context.Context, e ending) error {
	c.sessions.end(e.session)
	if e.copy == nil {
		return nil
	}
	return c.shelf.put(ctx, *e.copy)
}

func (c *Care) endAllSessions(ctx context.Context, actor models.Actor, accountID, why string) error {
	live, err := c.Sessions(ctx, models.Actor{AccountID: accountID})
	for _, s := range live {
		if err := c.endSession(ctx, actor, s.ID, why); err != nil {
			return err
		}
	}
	return err
}
