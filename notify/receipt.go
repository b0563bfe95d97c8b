package notify

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/store"
)

// Delivered notes that a device showed an entry. how is "push" or "local". The first
// receipt stops what would follow. A receipt that comes again changes nothing.
func (n *Notifier) Delivered(ctx context.Context, accountID, id, how string) error {
	if how != "push" && how != "local" {
		how = "app"
	}
	return n.receipt(ctx, accountID, id, func(e *entry, now time.Time) bool {
		if !e.DeliveredAt.IsZero() {
			return false
		}
		e.DeliveredAt = now.UTC()
		e.mark(now, MarkDelivered, how, "")
		return true
	})
}

// Opened notes that the person looked at an entry, in a notification or the inbox.
func (n *Notifier) Opened(ctx context.Context, accountID, id string) error {
	return n.receipt(ctx, accountID, id, func(e *entry, now time.Time) bool {
		if !e.OpenedAt.IsZero() {
			return false
		}
		e.OpenedAt = now.UTC()
		e.mark(now, MarkOpened, "", "")
		return true
	})
}

func (n *Notifier) receipt(ctx context.Context, accountID, id string, note func(*entry, time.Time) bool) error {
	if _, err := n.own(ctx, accountID, id); err != nil {
		return err
	}
	return refusal(n.edit(ctx, id, func(e *entry) bool {
		now := n.now()
		if !note(e, now) {
			return false
		}
		if !e.State.ended() && !e.NextAt.IsZero() {
			// Also one that is planned and not yet due: the phone rang by itself.
			e.end(now, StateDone, "received")
			n.count(e)
		}
		return true
	}))
}

// own reads an entry of an account; somebody else's is not there.
func (n *Notifier) own(ctx context.Context, accountID, id string) (*entry, error) {
	d, err := n.store.Get(ctx, colDue, id)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased) {
		return nil, models.NotFound()
	}
	if err != nil {
		return nil, refusal(err)
	}
	e, err := readEntry(d)
	if err != nil {
		return nil, err
	}
	if e.AccountID != accountID {
		return nil, models.NotFound()
	}
	return e, nil
}
