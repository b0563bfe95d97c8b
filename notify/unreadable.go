package notify

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// whyUnreadable is why an entry is dead whose body does not open or is none.
const whyUnreadable = "unreadable"

// The workers that set something aside.
const (
	workQueue   = "reminder-queue"
	workPlanner = "reminder-planner"
)

// readBody reads a document of a query that asked for unopened ones too.
func readBody[T any](d store.Doc, v *T) (*T, error) {
	if d.Bad != nil {
		return nil, aside.Unreadable(d.Bad)
	}
	if err := json.Unmarshal(d.Body, v); err != nil {
		return nil, aside.Unreadable(err)
	}
	return v, nil
}

// queueEntry reads an entry that is due. One that names another entry, or that
// nothing could be made of, counts as unreadable.
func queueEntry(d store.Doc) (*entry, error) {
	e, err := readEntry(d)
	if err != nil {
		return nil, err
	}
	if e.ID != d.ID || e.AccountID == "" || uuid.Validate(e.ID) != nil || !e.Kind.Valid() && e.Kind != reminder.Gathered {
		return nil, aside.Unreadable(errors.New("the body is not this entry's"))
	}
	return e, nil
}

// bury makes a dead letter of an entry that can't be read. What it knows is what
// stands in the keys. It is one write: when that is done nobody meets it again.
func (n *Notifier) bury(ctx context.Context, d store.Doc, cause error) error {
	now := n.now().UTC()
	account, _ := d.Keys["accountId"].(string)
	due, _ := d.Keys["dueAt"].(int64)
	e := &entry{ID: d.ID, AccountID: account, Owner: d.Owner, version: d.Version,
		Occurrence: reminder.Occurrence{Kind: reminder.News, Due: time.UnixMilli(due).UTC(), Until: time.UnixMilli(due).UTC()}}
	e.mark(now, MarkFailed, "", aside.Cause(cause))
	e.end(now, StateDead, whyUnreadable)
	next, err := e.doc()
	if err == nil {
		err = n.store.Replace(ctx, colDue, next)
	}
	switch {
	case err == nil:
		n.count(e)
		n.log.Error("notify: an entry of the queue can't be read; it is a dead letter now, see handrail reminders dead", "id", d.ID, "cause", aside.Cause(cause))
		return nil
	case taken(err):
		return nil
	case aside.Stops(err), ctx.Err() != nil:
		return err
	}
	return n.rest(ctx, d.ID, err)
}

// resting remembers entries that can't even be written down: until when each is left
// alone, and how often it has failed.
type resting struct {
	mu   sync.Mutex
	list map[string]rested
}

type rested struct {
	until time.Time
	tries int
}

func (r *resting) has(id string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Before(r.list[id].until)
}

// rest leaves an entry alone for a while and marks it for the operator.
func (n *Notifier) rest(ctx context.Context, id string, cause error) error {
	n.resting.mu.Lock()
	if n.resting.list == nil {
		n.resting.list = map[string]rested{}
	}
	was := n.resting.list[id]
	n.resting.list[id] = rested{n.now().Add(min(aside.First<<min(was.tries, 20), aside.Most)), was.tries + 1}
	n.resting.mu.Unlock()
	r, err := n.aside.Round(ctx, workQueue)
	if err != nil {
		return err
	}
	return r.Fail(ctx, id, cause)
}

// skipped notes once in the log that something can't be read and was left out of
// what was shown or planned.
func (n *Notifier) skipped(collection, id string, err error) {
	if err != nil && n.said.once("unreadable/"+collection+"/"+id) {
		n.log.Error("notify: something can't be read and is left out; see handrail verify", "collection", collection, "id", id, "cause", aside.Cause(err))
	}
}

// versionOf is the version of a document, whether its body opens or not; 0: there is
// none.
func (n *Notifier) versionOf(ctx context.Context, collection, id string) (int64, error) {
	docs, err := n.store.GetMany(ctx, collection, []string{id})
	if err != nil || len(docs) == 0 {
		return 0, err
	}
	return docs[0].Version, nil
}
