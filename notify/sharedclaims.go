package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// olderMayRun is for how long after the first start of a program that knows claims of a
// shard one that does not may still run beside it: an update that goes from instance to
// instance is over by then. Such a one would not see what is held, and send it as well.
const olderMayRun = time.Hour

const sharedFromID = "claims"

// loadSharedFrom reads, or sets, from when on claims stand in one document a shard. Where
// that can't be read they do from now on: the hour has nearly always been over for long.
func loadSharedFrom(ctx context.Context, s store.Store, log *slog.Logger, now time.Time) (from time.Time, err error) {
	docs, err := s.GetMany(ctx, colSite, []string{sharedFromID}) // also one that does not open
	if err != nil {
		return from, fmt.Errorf("notify: how claims are made: %w", err)
	}
	if len(docs) > 0 {
		if _, err := readBody(docs[0], &from); err != nil {
			log.Error("notify: it can't be read how claims are made; they are made as since the last update", "cause", aside.Cause(err))
			from = time.Time{}
		}
		return from, nil
	}
	from = now.UTC().Add(olderMayRun)
	d, err := sharedFromDoc(from)
	if err == nil {
		err = s.Insert(ctx, colSite, d)
	}
	if errors.Is(err, store.ErrExists) { // another instance was faster
		return loadSharedFrom(ctx, s, log, now)
	}
	return from, err
}

func sharedFromDoc(from time.Time) (store.Doc, error) {
	body, err := json.Marshal(from)
	return store.Doc{ID: sharedFromID, Owner: store.Site, Body: body}, err
}

// sharedClaims tells whether claims stand in the document of their shard by now.
func (n *Notifier) sharedClaims(now time.Time) bool { return !now.Before(n.sharedFrom) }
