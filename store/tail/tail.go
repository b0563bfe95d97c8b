// Package tail follows an append-only collection for everybody on one instance who
// wants to know what is new in it.
//
// What this instance writes reaches the followers when it is durable, without a read.
// What others write is found by Look, which asks the store once however many follow.
// Documents are known by their ids, which begin with the time at which they were made
// (UUIDv7, RFC 9562 section 5.7): one may be committed after another with a higher id,
// by as much as a request may take and clocks of machines may differ. So a look reads
// LookBack of the collection again, and a document reaches each follower once.
//
// A follower is told from when it began, in no order. It keeps in the store how far it
// got, if it must not lose anything; Behind says where to begin from there.
//
// What must not live here: what a document means.
package tail

import (
	"context"
	"encoding/binary"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"handrail/store"
)

// LookBack is how much later than its id says a document may be committed.
const LookBack = 20 * time.Second

const (
	page = 500
	// known is how many documents a look reads again at most, when it is none of those
	// that go back the whole LookBack.
	known = 200
	// settle is how long a document that comes late, while many come, waits at most.
	settle = 10 * time.Second
	// most is how many documents are kept for a follower who does not take them.
	most = 10_000
)

// Tail is the end of one collection, with T what its documents are read as. It is safe
// for concurrent use.
type Tail[T any] struct {
	under      store.Store
	collection string
	wall       func() time.Time
	read       func(store.Doc) T

	looking sync.Mutex // one look at a time
	settled time.Time  // when the whole LookBack was last read
	looked  time.Time  // when the last look that worked began

	mu        sync.Mutex
	last      string // the highest id seen, never later than now
	seen      map[string]bool
	fresh     []store.Doc // not handed out yet
	followers []*Follower[T]
}

// New begins at the end of a collection. wall is the clock by which ids are made. read
// reads a document, also one that does not open (Doc.Bad).
func New[T any](s store.Store, collection string, wall func() time.Time, read func(store.Doc) T) *Tail[T] {
	return &Tail[T]{under: s, collection: collection, wall: wall, read: read, looked: wall(), last: IDAt(wall()), seen: map[string]bool{}}
}

// Store is the store through which this instance writes, so that its followers are
// told at once.
func (t *Tail[T]) Store() store.Store { return Watch(t.under, t.written) }

func (t *Tail[T]) written(ops []store.Op) {
	for _, op := range ops {
		if op.Collection == t.collection {
			t.tell(op.Doc)
		}
	}
}

// tell keeps for the followers what they have not got yet.
func (t *Tail[T]) tell(docs ...store.Doc) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, came := IDAt(t.wall()), false
	for _, d := range docs {
		if t.seen[d.ID] {
			continue
		}
		came = true
		t.seen[d.ID] = true
		t.last = max(t.last, min(d.ID, now)) // a clock that is ahead does not take us along
		switch {
		case len(t.followers) == 0:
		case len(t.fresh) < most:
			t.fresh = append(t.fresh, d)
		default:
			t.fresh = nil
			for _, f := range t.followers {
				f.new, f.lost = nil, true
			}
		}
	}
	for _, f := range t.followers {
		if came {
			f.wake()
		}
	}
}

// Look tells the followers what others wrote. It costs one query when nothing is new.
func (t *Tail[T]) Look(ctx context.Context) error {
	t.looking.Lock()
	defer t.looking.Unlock()
	from, whole := t.begin()
	began := t.wall()
	for {
		got, err := t.under.Query(ctx, t.collection, store.Query{Index: store.IDIndex, From: from, Limit: page, Unopened: true})
		if err != nil {
			return err
		}
		t.tell(got.Docs...)
		if len(got.Docs) < page {
			break
		}
		from = got.Docs[page-1].ID + "0" // the first id after it
	}
	t.mu.Lock()
	t.looked = began
	t.mu.Unlock()
	if whole {
		t.settled = began
		t.forget()
	}
	return nil
}

// begin is from which id a look reads: as far back as documents may come late, or, when
// many came, as far as `known` of them.
func (t *Tail[T]) begin() (from string, whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	from = t.bound()
	var late []string
	for id := range t.seen {
		if id >= from {
			late = append(late, id)
		}
	}
	if age := t.wall().Sub(t.settled); len(late) <= known || age < 0 || age >= settle {
		return from, true
	}
	slices.Sort(late)
	return late[len(late)-known], false
}

// bound is how far back a look reads: what this instance wrote itself since the last
// look that worked tells nothing of what others did.
func (t *Tail[T]) bound() string { return back(min(t.last, IDAt(t.looked)), LookBack+settle) }

// forget drops what can't be read again.
func (t *Tail[T]) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	from := t.bound()
	for id := range t.seen {
		if id < from {
			delete(t.seen, id)
		}
	}
}

// Behind is the id from which to read when everything up to an id is known that had
// been committed by then.
func Behind(last string) string { return back(last, LookBack) }

func back(last string, by time.Duration) string {
	id, err := uuid.Parse(last)
	if err != nil {
		return last
	}
	sec, nsec := id.Time().UnixTime()
	return IDAt(time.Unix(sec, nsec).Add(-by))
}

// IDAt is the lowest id of a moment.
func IDAt(t time.Time) string {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(t.UnixMilli())<<16)
	id[6], id[8] = 0x70, 0x80
	return id.String()
}
