package signin

import (
	"context"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store/aside"
)

// sessionFresh is how old a copy of a session may be when a request is let in by
// it. An end on this instance holds at once; one on another instance, or by an
// operator's command, within this time: the second of decision 0003, less what requests
// and their answers may take of it.
const sessionFresh = 750 * time.Millisecond

// sessionCopies is how many sessions are kept.
const sessionCopies = 4096

// sessionCache spares a busy phone the read of its session at each request.
type sessionCache struct {
	now  models.Clock
	mu   sync.Mutex
	kept *lru.Cache[string, sessionCopy]
	ends int64 // how many sessions this instance has ended
}

type sessionCopy struct {
	session models.Session
	read    time.Time
}

func newSessionCache(now models.Clock) *sessionCache {
	kept, _ := lru.New[string, sessionCopy](sessionCopies) // fails only for a size below 1
	return &sessionCache{now: now, kept: kept}
}

// get finds a fresh copy. ends is to be given back to put.
func (c *sessionCache) get(id string) (s models.Session, ends int64, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.kept.Get(id)
	age := c.now().Sub(v.read)
	return v.session, c.ends, ok && age >= 0 && age < sessionFresh
}

// put keeps what was read, unless a session ended while it was being read: it
// could be that one.
func (c *sessionCache) put(s models.Session, read time.Time, ends int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ends == ends {
		c.kept.Add(s.ID, sessionCopy{s, read})
	}
}

// end forgets a session. Call it when the end is durable.
func (c *sessionCache) end(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ends++
	c.kept.Remove(id)
}

// session reads a session for a request.
func (c *Service) session(ctx context.Context, id string) (models.Session, error) {
	s, ends, ok := c.sessions.get(id)
	if ok {
		return s, nil
	}
	read := c.now()
	v, err := c.loadSession(ctx, id)
	if err == nil && v.Value.EndedAt == nil {
		c.sessions.put(v.Value, read, ends)
	}
	return v.Value, err
}

// loadSession reads a session as its account lets it stand: suspending an account ends its
// sessions one by one, and the program may be killed in between.
func (c *Service) loadSession(ctx context.Context, id string) (chart.Versioned[models.Session], error) {
	v, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, id)
	if err != nil || !v.Value.Live(c.now()) {
		return v, err
	}
	stopped, err := c.stopped(ctx, v.Value.AccountID)
	if now := c.now().UTC(); stopped {
		v.Value.EndedAt, v.Value.EndedWhy = &now, models.EndSuspended
	}
	return v, err
}

// stopped tells whether an account may not be signed in. An account whose record can't be
// read shuts nobody out: its sessions are ended by themselves.
func (c *Service) stopped(ctx context.Context, accountID string) (bool, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil && (aside.Stops(err) || ctx.Err() != nil) {
		return false, err
	}
	return err == nil && a.Value.Status == models.AccountSuspended || models.KindOf(err) == models.KindNotFound, nil
}
