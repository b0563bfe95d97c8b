package notify

import (
	"context"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/store"
)

// whyAnswered is why an entry is dropped whose matter somebody has answered.
const whyAnswered = "answered"

// Unsay takes back the notes about something that need not be said any more, of those that
// were told until a moment: when it was found that they need not, since a call may have been
// made anew meanwhile. What was sent was sent; no further step of theirs is made, and in the inbox
// nothing of it is new any more.
func (n *Notifier) Unsay(ctx context.Context, accountID, ref string, until time.Time) error {
	err := n.change(ctx, accountID, func(p *person) error {
		kept := slices.DeleteFunc(slices.Clone(p.Notes), func(r reminder.Rule) bool { return r.Ref == ref && !r.At.After(until) })
		if len(kept) == len(p.Notes) {
			return errUnchanged
		}
		p.Notes = kept
		return nil
	})
	if models.KindOf(err) == models.KindNotFound {
		return nil // never told anything
	}
	if err != nil {
		return err
	}
	var under []string // entries whose first step is made stay in the plan; their next steps must not be made
	q := store.Query{Index: ixAccount, Equal: []any{accountID}, From: n.now().Add(-reminder.KnownSince).UnixMilli()}
	err = n.each(ctx, colDue, q, func(d store.Doc) bool {
		if e, err := queueEntry(d); err == nil && e.Ref == ref && (len(e.Trail) == 0 || !e.Trail[0].At.After(until)) && (!e.State.ended() || e.AnsweredAt.IsZero()) {
			under = append(under, e.ID)
		}
		return true
	})
	for _, id := range under {
		if err != nil {
			break
		}
		err = n.edit(ctx, id, func(e *entry) bool {
			now := n.now()
			news := e.AnsweredAt.IsZero()
			if news {
				e.AnsweredAt = now.UTC()
			}
			if e.State.ended() || e.NextAt.IsZero() {
				return news
			}
			e.end(now, StateDropped, whyAnswered)
			e.mark(now, MarkDropped, "", whyAnswered)
			n.count(e)
			return true
		})
	}
	return refusal(err)
}
