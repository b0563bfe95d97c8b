package notify

import (
	"context"
	"time"

	"handrail/models/reminder"
	"handrail/notify/texts"
	"handrail/store"
)

// Paging is which page of a list is wanted.
type Paging struct {
	Limit  int // 1..100; 30 when 0
	Cursor string
}

func (p Paging) limit() int {
	if p.Limit == 0 {
		return 30
	}
	return min(max(p.Limit, 1), 100)
}

// Page is one page of a list. Next is "" at the end.
type Page[T any] struct {
	Items []T
	Next  string
}

// Item is an entry as its person sees it, after sign-in.
type Item struct {
	ID       string        `json:"id"`
	Kind     reminder.Kind `json:"kind"`
	Ref      string        `json:"ref,omitempty"`
	Title    string        `json:"title"` // neutral, in the person's language
	Body     string        `json:"body"`
	At       time.Time     `json:"at"`
	Until    time.Time     `json:"until"`
	Read     bool          `json:"read"`
	Missed   bool          `json:"missed"`            // nothing was said; Why says why
	Why      string        `json:"why,omitempty"`     // cap, digest, paused, quiet, too-late ...
	Delivery string        `json:"delivery"`          // see Reach
	Reading  string        `json:"reading,omitempty"` // the wall clock time that it follows, for phones that travel
}

func (n *Notifier) item(e *entry) Item {
	t := n.text(e.Language, texts.Code(e.Kind.Traits().Class))
	i := Item{ID: e.ID, Kind: e.Kind, Ref: e.Ref, Title: t.Title(), Body: t.Body(), At: e.Shown(), Until: e.Until,
		Read: !e.OpenedAt.IsZero() || !e.AnsweredAt.IsZero(), Why: e.Why, Delivery: e.reach(), Reading: e.Reading}
	if e.Silent != reminder.Loud {
		i.Missed, i.Why = true, string(e.Silent)
	}
	i.Missed = i.Missed || e.State == StateDropped
	return i
}

// Inbox lists what has come for an account, the newest first. It works whatever
// channels do: an entry lies in it from its time on, also one that was held back.
func (n *Notifier) Inbox(ctx context.Context, accountID string, p Paging) (Page[Item], error) {
	page, err := n.store.Query(ctx, colDue, store.Query{Index: ixAccount, Equal: []any{accountID},
		To: n.now().UnixMilli() + 1, Desc: true, Limit: p.limit(), Cursor: p.Cursor, Unopened: true})
	if err != nil {
		return Page[Item]{}, refusal(err)
	}
	out := Page[Item]{Items: make([]Item, 0, len(page.Docs)), Next: page.Next}
	for _, d := range page.Docs {
		e, err := queueEntry(d)
		if err != nil || e.Why == whyUnreadable { // nobody can say what it was
			n.skipped(colDue, d.ID, err)
			continue
		}
		out.Items = append(out.Items, n.item(e))
	}
	return out, nil
}

// Ahead is what a phone fetches, so that it can ring by itself when no push comes.
type Ahead struct {
	Epoch uint32    `json:"epoch"` // a push with a higher number says: fetch again
	Until time.Time `json:"until"`
	Items []Item    `json:"items"`
}

// aheadDays is how far a phone can see.
const aheadDays = 14

// maxAhead is how many a phone gets; iOS keeps 64 alarms of an app. Where there are
// more, Until is the time of the first that is left out.
const maxAhead = 200

// Next14Days lists what is planned for an account's next 14 days: what will prompt,
// and that alone. A phone cancels the alarm of an entry when its push comes: they
// have the same id.
func (n *Notifier) Next14Days(ctx context.Context, accountID string) (Ahead, error) {
	p, err := n.person(ctx, accountID)
	if err != nil {
		return Ahead{}, err
	}
	now := n.now()
	out := Ahead{Epoch: p.Epoch, Until: now.AddDate(0, 0, aheadDays).UTC(), Items: []Item{}}
	q := store.Query{Index: ixAccount, Equal: []any{accountID}, From: now.Add(-heldBack).UnixMilli(), To: out.Until.UnixMilli()}
	return out, refusal(n.each(ctx, colDue, q, func(d store.Doc) bool {
		e, err := queueEntry(d)
		switch {
		case err != nil:
			n.skipped(colDue, d.ID, err)
		case e.Silent != reminder.Loud || e.State.ended() || e.Due.Before(now):
		case len(out.Items) == maxAhead:
			out.Until = e.Due
			return false
		default:
			i := n.item(e)
			i.At = e.Due // the phone is to ring then, also of what lies in the inbox already
			out.Items = append(out.Items, i)
		}
		return true
	}))
}

// each hands every document along an index to use, until it has enough.
func (n *Notifier) each(ctx context.Context, collection string, q store.Query, use func(store.Doc) (more bool)) error {
	q.Limit, q.Unopened = store.MaxLimit, true
	for {
		page, err := n.store.Query(ctx, collection, q)
		if err != nil {
			return err
		}
		for _, d := range page.Docs {
			if !use(d) {
				return nil
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return nil
		}
	}
}
