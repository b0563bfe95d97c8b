package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// olderMayRun is for how long after the first start of a program that knows claims of a
// shard one that does not may still run beside it: an update that goes from instance to
// instance is over by then. Such a one would not see what is held, and send it as well.
const olderMayRun = time.Hour

const sharedFromID = "claims"

// loadSharedFrom reads from when on claims stand in one document a shard; where nobody has said
// that yet it stays unknown, and each entry has its own. Where that can't be read they do from now on:
// the hour has nearly always been over for long.
func (n *Notifier) loadSharedFrom(ctx context.Context) error {
	docs, err := n.store.GetMany(ctx, colSite, []string{sharedFromID}) // also one that does not open
	if err != nil {
		return fmt.Errorf("notify: how claims are made: %w", err)
	}
	if len(docs) == 0 {
		return nil
	}
	var from time.Time
	if _, err := readBody(docs[0], &from); err != nil {
		n.log.Error("notify: it can't be read how claims are made; they are made as since the last update", "cause", aside.Cause(err))
		from = time.Time{}
	}
	n.sharedFrom.Store(&from)
	return nil
}

// beginSharing sets it when a program that knows such claims begins to work on reminders, unless one
// did before. A command of an operator is no such beginning: it may be given days before the update.
func (n *Notifier) beginSharing(ctx context.Context) error {
	if n.sharedFrom.Load() != nil {
		return nil
	}
	from := n.now().UTC().Add(olderMayRun)
	d, err := sharedFromDoc(from)
	if err == nil {
		err = n.store.Insert(ctx, colSite, d)
	}
	if errors.Is(err, store.ErrExists) { // another instance was faster
		return n.loadSharedFrom(ctx)
	}
	if err == nil {
		n.sharedFrom.Store(&from)
	}
	return err
}

func sharedFromDoc(from time.Time) (store.Doc, error) {
	body, err := json.Marshal(from)
	return store.Doc{ID: sharedFromID, Owner: store.Site, Body: body}, err
}

// sharedClaims tells whether claims stand in the document of their shard by now.
func (n *Notifier) sharedClaims(now time.Time) bool {
	from := n.sharedFrom.Load()
	return from != nil && !now.Before(*from)
}
