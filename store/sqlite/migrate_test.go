package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"handrail/store"
	"handrail/store/sqlite"
)

func open(t *testing.T, path string, c ...store.Collection) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, c)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func found(t *testing.T, db *sqlite.DB, q store.Query) int {
	t.Helper()
	q.Limit = 100
	page, err := db.Query(context.Background(), "goals", q)
	must(t, err)
	return len(page.Docs)
}

// TestMigrate: a newer program adds what its declarations need; what is there stays,
// and the older program can still work beside it.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "m.db")
	v1 := store.Collection{Name: "goals", Indexes: []store.Index{{Name: "by", Keys: []string{"patient"}}}}
	v2 := store.Collection{Name: "goals", Indexes: []store.Index{
		{Name: "by", Keys: []string{"patient", "state"}}, // changed
		{Name: "byCode", Keys: []string{"code"}, Unique: true},
	}}
	old := open(t, path, v1)
	must(t, old.Insert(ctx, "goals", store.Doc{ID: "a", Owner: "o", Keys: store.Keys{"patient": "p"}, Body: []byte("a")}))

	newer := open(t, path, v2, store.Collection{Name: "visits"})
	must(t, newer.Insert(ctx, "goals", store.Doc{ID: "b", Owner: "o", Keys: store.Keys{"patient": "p", "state": "active", "code": "1"}}))
	if n := found(t, newer, store.Query{Index: "by", Equal: []any{"p"}}); n != 2 {
		t.Errorf("the changed index finds %d of 2", n)
	}
	must(t, newer.Insert(ctx, "visits", store.Doc{ID: "v", Owner: "o"}))
	err := newer.Insert(ctx, "goals", store.Doc{ID: "c", Owner: "o", Keys: store.Keys{"code": "1"}})
	if !errors.Is(err, store.ErrExists) {
		t.Errorf("the new unique index let a double pass: %v", err)
	}
	must(t, old.Insert(ctx, "goals", store.Doc{ID: "d", Owner: "o", Keys: store.Keys{"patient": "p"}}))
	if n := found(t, old, store.Query{Index: "by", Equal: []any{"p"}}); n != 3 {
		t.Errorf("the older program finds %d of 3", n)
	}
	must(t, old.Close())
	must(t, newer.Close())
	again := open(t, path, v2)
	d, err := again.Get(ctx, "goals", "a")
	must(t, err)
	if string(d.Body) != "a" || len(d.Keys) != 1 {
		t.Errorf("the oldest document reads %+v", d)
	}
}

// TestOpenAtOnce: many programs open a file that does not exist yet.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			db, err := sqlite.Open(context.Background(), path, benchCollections)
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestBadDeclarations(t *testing.T) {
	one := func(name string, keys ...string) []store.Collection {
		return []store.Collection{{Name: name, Indexes: []store.Index{{Name: "ix", Keys: keys}}}}
	}
	for what, c := range map[string][]store.Collection{
		"capital in collection": one("Goals", "a"),
		"SQL in collection":     one("goals; drop", "a"),
		"reserved collection":   one(store.KeysCollection, "a"),
		"twice":                 append(one("goals", "a"), one("goals", "a")...),
		"no keys":               one("goals"),
		"SQL in key":            one("goals", `a"b`),
		"reserved key":          one("goals", "owner"),
		"key twice":             one("goals", "a", "a"),
		"keys fold":             one("goals", "patientId", "patientid"),
		"index name":            {{Name: "goals", Indexes: []store.Index{{Name: "id", Keys: []string{"a"}}}}},
		"index twice":           {{Name: "goals", Indexes: []store.Index{{Name: "x", Keys: []string{"a"}}, {Name: "x", Keys: []string{"b"}}}}},
	} {
		db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "bad.db"), c)
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: got %v", what, err)
		}
		if db != nil {
			_ = db.Close()
		}
	}
}
