package signin

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// SignedIn is what a device gets: a short access token and a refresh token.
type SignedIn struct {
	AccessToken  string
	ExpiresAt    time.Time     // of the access token
	Lasts        time.Duration // from now to ExpiresAt
	RefreshToken string
	Session      models.Session
}

func (c *Service) newSession(ctx context.Context, a models.Account, device models.Device) models.Session {
	c.markRanOut(ctx, a.ID)
	now := c.now().UTC().Truncate(time.Millisecond)
	return models.Session{ID: chart.NewID(), AccountID: a.ID, Role: a.Role, Discipline: a.Discipline, PatientID: a.PatientID,
		Name: a.Name, Device: device, KeyThumbprint: device.Key, CreatedAt: now, ExpiresAt: now.Add(c.sessionLife(a.Role)), LastUsedAt: now.Truncate(time.Hour), Place: models.PlaceFrom(ctx)}
}

func (c *Service) sessionLife(r models.Role) time.Duration {
	if r.Staff() {
		return time.Duration(c.config.StaffSessionHours) * time.Hour
	}
	return time.Duration(c.config.PatientSessionDays) * 24 * time.Hour
}

// sessionOps inserts a session with its first refresh token, and what its person has
// just proved.
func (c *Service) sessionOps(s models.Session, a models.Account) ([]store.Op, string, error) {
	doc, err := chart.Encode(s.ID, chart.AccountOwner(a), 0, sessionKeys(s), s)
	if err != nil {
		return nil, "", err
	}
	ref, err := chart.Encode(s.ID, chart.AccountOwner(a), 0, nil, refreshState{Number: 1, RotatedAt: s.CreatedAt})
	if err != nil {
		return nil, "", err
	}
	ops := []store.Op{store.Insert(chart.ColSessions, doc), store.Insert(chart.ColRefresh, ref)}
	// A code of the office is no factor of staff, and one that a hospital asked for may be hours old.
	if s.Way.Factor() && s.Provider == "" || !s.Role.Staff() {
		fresh, err := c.freshOp(s)
		if err != nil {
			return nil, "", err
		}
		ops = append(ops, fresh)
	}
	return ops, c.tokens.refresh(s.ID, 1), nil
}

func sessionKeys(s models.Session) store.Keys {
	k := store.Keys{"accountId": s.AccountID, "deviceId": s.Device.ID, "createdAt": chart.Millis(s.CreatedAt)}
	if s.EndedAt != nil {
		k["endedAt"], k["overAt"] = chart.Millis(*s.EndedAt), chart.Millis(*s.EndedAt)
	}
	return k
}

func sessionOwner(s models.Session) string {
	if s.PatientID != "" {
		return s.PatientID
	}
	return s.AccountID
}

// Sessions lists the actor's live sessions, newest first.
func (c *Service) Sessions(ctx context.Context, actor models.Actor) ([]models.Session, error) {
	found, err := chart.Every[models.Session](ctx, c.store, chart.ColSessions,
		store.Query{Index: "over", Equal: []any{actor.AccountID}, Lacking: true, Desc: true})
	out := make([]models.Session, 0, len(found))
	for _, s := range found {
		if s.Value.Live(c.now()) {
			out = append(out, s.Value)
		}
	}
	return out, err
}

// EndSession signs one of the actor's devices out. It holds from the next request.
func (c *Service) EndSession(ctx context.Context, actor models.Actor, sessionID string) error {
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
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

// EndOtherSessions signs every device of the actor out but the one that asks. Twice is
// once; when it fails half-way, those that ended have ended.
func (c *Service) EndOtherSessions(ctx context.Context, actor models.Actor) error {
	live, err := c.Sessions(ctx, actor)
	for _, s := range live {
		if s.ID == actor.SessionID {
			continue
		}
		if err := c.endSession(ctx, actor, s.ID, models.EndByOwner); err != nil {
			return err
		}
	}
	return err
}

func (c *Service) endSession(ctx context.Context, actor models.Actor, sessionID, why string) error {
	end, err := c.ending(ctx, sessionID, why)
	if err != nil || len(end.ops) == 0 {
		return err
	}
	e := c.base.AuditEvent(actor, "session.ended")
	e.Ref, e.Rule, e.PatientID, e.Device = sessionID, why, end.of.PatientID, end.of.Device.Name
	if end.of.AccountID != actor.AccountID {
		e.Whom = end.of.AccountID
	}
	err = c.base.Commit(ctx, e, end.ops...)
	if models.KindOf(err) == models.KindStale && ctx.Err() == nil { // a refresh came between: end the newer one
		return c.endSession(ctx, actor, sessionID, why)
	}
	if err != nil {
		return err
	}
	return c.afterEnding(ctx, end)
}

// PlanCopies are the copies of crisis plans that are kept ready for the phones of
// sessions. The crisis plan implements it.
type PlanCopies interface {
	// Admit lets a session that begins or goes on be known to the copies before its phone
	// asks for the plan: the database may be away by then. It is best effort.
	Admit(ctx context.Context, s models.Session)
	// TakeOff takes a session that ends off its patient's copy: with ops for the batch
	// that ends it, and with what is done after it, nil for nothing.
	TakeOff(ctx context.Context, s models.Session) (ops []store.Op, after func(context.Context) error, err error)
}

// ending is what ends a session: its ops, and what follows them.
type ending struct {
	session string
	of      models.Session
	ops     []store.Op
	after   func(context.Context) error // the copies of the crisis plan follow; nil: none
}

// ending marks a session as ended, forgets its refresh tokens and takes it off the
// copies of crisis plans. No ops when it has ended already, unless this end is the
// first that wipes its device.
func (c *Service) ending(ctx context.Context, sessionID, why string) (ending, error) {
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
	if err != nil || !EndsMore(s.Value, why) {
		return ending{}, err
	}
	now := c.now().UTC()
	s.Value.EndedAt, s.Value.EndedWhy, s.Value.Place = &now, why, models.Place{}
	doc, err := chart.Encode(sessionID, sessionOwner(s.Value), s.Version, sessionKeys(s.Value), s.Value)
	if err != nil {
		return ending{}, err
	}
	ops := []store.Op{store.Replace(chart.ColSessions, doc)}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, sessionID)
	switch {
	case err == nil && r.Value.Number > 0:
		ops = append(ops, store.Delete(chart.ColRefresh, sessionID, r.Version))
	case err != nil && models.KindOf(err) != models.KindNotFound:
		return ending{}, err
	} // a chain of before stays: only its hashes tell whose device may hear why it ended
	off, after, err := c.copies.TakeOff(ctx, s.Value)
	return ending{sessionID, s.Value, append(off, ops...), after}, err
}

// EndsMore tells whether an end says more than the one that a session has had.
func EndsMore(s models.Session, why string) bool {
	if s.EndedAt == nil {
		return true
	}
	_, did := models.WipesDevice(s.EndedWhy)
	_, does := models.WipesDevice(why)
	return does && !did
}

// afterEnding makes this machine's plan copies follow at once; the others follow within
// a second.
func (c *Service) afterEnding(ctx context.Context, e ending) error {
	c.sessions.end(e.session)
	if e.after == nil {
		return nil
	}
	return e.after(ctx)
}

func (c *Service) endAllSessions(ctx context.Context, actor models.Actor, accountID, why string) error {
	live, err := c.Sessions(ctx, models.Actor{AccountID: accountID})
	for _, s := range live {
		if err := c.endSession(ctx, actor, s.ID, why); err != nil {
			return err
		}
	}
	return err
}

// CurrentSession reads the session that the actor signed in with.
func (c *Service) CurrentSession(ctx context.Context, actor models.Actor) (models.Session, error) {
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, actor.SessionID)
	if err == nil && s.Value.AccountID != actor.AccountID {
		err = models.NotFound()
	}
	return s.Value, err
}
