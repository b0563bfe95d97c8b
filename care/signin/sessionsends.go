package signin

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// endsLookBack is how far clocks of instances may differ, and how long a connection
// may take to be made with a ticket of a session that ended meanwhile.
const endsLookBack = time.Minute

// EndedSessions lists the sessions that ended of late, at whatever instance. What
// lives on a session (a connection of a visit) asks several times a second and ends
// with it; each end is listed for a minute.
//
// open are those on which something lives: of them also those are listed whose account was
// stopped by who was killed before its sessions ended.
func (c *Service) EndedSessions(ctx context.Context, open []string) ([]string, error) {
	ids, err := c.EndedOf(ctx, open)
	if err != nil {
		return nil, err
	}
	q := store.Query{Index: "ended", From: chart.Millis(c.now().Add(-endsLookBack)), Limit: store.MaxLimit}
	for {
		page, err := c.store.Query(ctx, chart.ColSessions, q)
		if err != nil {
			return ids, chart.Refusal(err)
		}
		for _, d := range page.Docs {
			ids = append(ids, d.ID)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return ids, nil
		}
	}
}

// SignedIn tells whether a session lives, as it is stored now. KindUnsigned: not.
func (c *Service) SignedIn(ctx context.Context, sessionID string) error {
	s, err := c.loadSession(ctx, sessionID)
	if models.KindOf(err) == models.KindNotFound || err == nil && !s.Value.Live(c.now()) {
		return ErrSignedOut()
	}
	return err
}

// EndedOf tells which of some sessions were ended, as they are stored now: a push asks
// before it goes. One that ran out by itself is not, and its phone still rings; one whose
// record can't be read neither.
func (c *Service) EndedOf(ctx context.Context, sessions []string) ([]string, error) {
	docs, err := c.store.GetMany(ctx, chart.ColSessions, sessions)
	if err != nil {
		return nil, chart.Refusal(err)
	}
	var ended []string
	for _, d := range docs {
		s, err := chart.Decode[models.Session](d)
		if err != nil {
			continue
		}
		stopped, err := c.stopped(ctx, s.Value.AccountID)
		if err != nil {
			return nil, err
		}
		if stopped || s.Value.EndedAt != nil {
			ended = append(ended, d.ID)
		}
	}
	return ended, nil
}
