package notify

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/store"
)

// DeadLetter is an entry that no step could hand over, for the operator. It names
// nobody but by id.
type DeadLetter struct {
	ID        string
	AccountID string
	Due       time.Time
	Until     time.Time
	EndedAt   time.Time
	Why       string
	Marks     []Mark
}

// Dead lists the dead letters, the newest first.
func (n *Notifier) Dead(ctx context.Context, p Paging) (Page[DeadLetter], error) {
	page, err := n.store.Query(ctx, colDue, store.Query{Index: ixDead, From: int64(0), Desc: true, Limit: p.limit(), Cursor: p.Cursor, Unopened: true})
	if err != nil {
		return Page[DeadLetter]{}, refusal(err)
	}
	out := Page[DeadLetter]{Items: []DeadLetter{}, Next: page.Next}
	for _, d := range page.Docs {
		e, err := readEntry(d)
		if err != nil {
			out.Items = append(out.Items, DeadLetter{ID: d.ID, Why: whyUnreadable})
			continue
		}
		out.Items = append(out.Items, DeadLetter{e.ID, e.AccountID, e.Due, e.Until, e.EndedAt, e.Why, e.Trail})
	}
	return out, nil
}

// Requeue gives a dead letter its steps anew. One whose time is over can't be sent
// any more: requeueing it would only drop it.
func (n *Notifier) Requeue(ctx context.Context, id string) error {
	_, err := n.store.Get(ctx, colDue, id)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased) {
		return models.NotFound()
	}
	if err != nil {
		return refusal(err)
	}
	var why error
	err = n.edit(ctx, id, func(e *entry) bool {
		now := n.now()
		switch {
		case e.Why == whyUnreadable:
			why = models.E(models.KindGone, "unreadable", "What it said can't be read, so it can't be sent.")
		case e.State != StateDead:
			why = models.E(models.KindConflict, "not-dead", "Only what could not be handed over can be queued again.")
		case !now.Before(e.Until):
			why = models.E(models.KindGone, "too-late", "Its time is over. It stays in the person's inbox.")
		default:
			why = nil
			e.State, e.Why, e.At, e.Failed, e.NextAt, e.EndedAt = StateRetry, "", 0, false, now.UTC(), time.Time{}
			e.Attempts, e.Lost, e.Targets = 0, 0, nil
			e.mark(now, MarkRequeued, "", "")
			return true
		}
		return false
	})
	return errors.Join(refusal(err), why)
}
