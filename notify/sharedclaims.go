package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"handrail/store"
)

// olderMayRun is for how long after the first start of a program that knows claims of a
// shard one that does not may still run beside it: an update that goes from instance to
// instance is over by then. Such a one would not see what is held, and send it as well.
const olderMayRun = time.Hour

const sharedFromID = "claims"

// loadSharedFrom reads, or sets, from when on claims stand in one document a shard.
func loadSharedFrom(ctx context.Context, s store.Store, now time.Time) (from time.Time, err error) {
	d, err := s.Get(ctx, colSite, sharedFromID)
	if err == nil {
		return from, json.Unmarshal(d.Body, &from)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return from, fmt.Errorf("notify: how claims are made: %w", err)
	}
	from = now.UTC().Add(olderMayRun)
	if d, err = sharedFromDoc(from); err == nil {
		err = s.Insert(ctx, colSite, d)
	}
	if errors.Is(err, store.ErrExists) { // another instance was faster
		return loadSharedFrom(ctx, s, now)
	}
	return from, err
}

func sharedFromDoc(from time.Time) (store.Doc, error) {
	body, err := json.Marshal(from)
	return store.Doc{ID: sharedFromID, Owner: store.Site, Body: body}, err
}

// sharedClaims tells whether claims stand in the document of their shard by now.
func (n *Notifier) sharedClaims(now time.Time) bool { return !now.Before(n.sharedFrom) }
