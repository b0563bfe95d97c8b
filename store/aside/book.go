package aside

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"handrail/store"
)

// Book keeps the marks of one package's workers. It is safe for concurrent use.
type Book struct {
	store      store.Store
	collection string
	now        func() time.Time
	log        *slog.Logger

	mu     sync.Mutex
	rounds map[string]*Round // the last of each worker
	counts map[string]int    // marks by worker, as far as this instance has seen them
}

// New opens a book over a store that has Collection(collection).
func New(s store.Store, collection string, now func() time.Time, log *slog.Logger) *Book {
	return &Book{store: s, collection: collection, now: now, log: log, counts: map[string]int{}, rounds: map[string]*Round{}}
}

// Counts are the marks of each worker, as its last round saw them: for metrics.
func (b *Book) Counts() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make(map[string]int, len(b.counts))
	for w, n := range b.counts {
		out[w] = n
	}
	return out
}

func (b *Book) count(worker string, by int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[worker] += by
}

// Marks lists everything that is set aside, by worker. A mark that can't be read
// itself is given by its id alone.
func (b *Book) Marks(ctx context.Context) ([]Mark, error) {
	return b.read(ctx, store.Query{Index: store.IDIndex})
}

func (b *Book) read(ctx context.Context, q store.Query) ([]Mark, error) {
	out := []Mark{}
	q.Limit, q.Unopened = store.MaxLimit, true
	for {
		page, err := b.store.Query(ctx, b.collection, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Docs {
			m := Mark{version: d.Version}
			if err := json.Unmarshal(d.Body, &m); d.Bad != nil || err != nil {
				m.Ref, m.Cause = d.ID, causeUnreadable
				m.Worker, _ = d.Keys["worker"].(string)
				due, _ := d.Keys["dueAt"].(int64)
				m.DueAt = time.UnixMilli(due).UTC()
			}
			out = append(out, m)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return out, nil
		}
	}
}

// id names the mark of a record: the same whichever instance meets it.
func id(worker, ref string) string {
	h := sha256.Sum256([]byte(worker + "\x00" + ref))
	return worker + ":" + hex.EncodeToString(h[:16])
}

func (b *Book) put(ctx context.Context, m *Mark) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	d := store.Doc{ID: id(m.Worker, m.Ref), Version: m.version, Owner: store.Site, Body: body,
		Keys: store.Keys{"worker": m.Worker, "dueAt": m.DueAt.UnixMilli()}}
	if m.version == 0 {
		err = b.store.Insert(ctx, b.collection, d)
	} else {
		err = b.store.Replace(ctx, b.collection, d)
	}
	if err == nil {
		m.version++
	}
	return unlessTaken(err)
}

func (b *Book) drop(ctx context.Context, m *Mark) error {
	return unlessTaken(b.store.Delete(ctx, b.collection, id(m.Worker, m.Ref), m.version))
}

// unlessTaken: another instance marked the same record, and that is as good.
func unlessTaken(err error) error {
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrExists) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
