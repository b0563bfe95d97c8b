package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/sqlite"
)

// TestOpenLarge: opening does not look at the documents. The best of a few tries
// counts, because the machine is shared.
func TestOpenLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.db")
	must(t, open(t, path, benchCollections...).Close())
	raw, err := sql.Open("sqlite", path)
	must(t, err)
	raw.SetMaxOpenConns(1)
	_, err = raw.Exec(`PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-100000;
 WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 99999)
 INSERT INTO c_check_ins (id, version, owner, k_patient, k_at, body)
 SELECT printf('p-%06d', i), 1, 'p', 'p', i, zeroblob(100) FROM n`)
	must(t, err)
	must(t, raw.Close())
	best := time.Hour
	for range 10 {
		start := time.Now()
		db := open(t, path, benchCollections...)
		_, err := db.Get(context.Background(), "check_ins", "p-050000")
		must(t, err)
		best = min(best, time.Since(start))
		must(t, db.Close())
	}
	t.Logf("opened and read in %v", best)
	if best > 100*time.Millisecond {
		t.Errorf("open took %v, want at most 100ms", best)
	}
}

// TestCloseFinishes: what a caller was told is written stays written, and nobody is
// left waiting.
func TestCloseFinishes(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "c.db")
	db := open(t, path, benchCollections...)
	var written sync.Map
	var begun atomic.Int32
	var wg sync.WaitGroup
	enough := make(chan struct{})
	for w := range 64 {
		wg.Go(func() {
			for i := 0; ; i++ {
				d := store.Doc{ID: fmt.Sprintf("%d-%d", w, i), Owner: "o"}
				if err := db.Insert(ctx, "check_ins", d); err != nil {
					if !errors.Is(err, store.ErrUnavailable) {
						t.Error(err)
					}
					return
				}
				written.Store(d.ID, true)
				if begun.Add(1) == 200 {
					close(enough)
				}
			}
		})
	}
	<-enough
	must(t, db.Close())
	wg.Wait()
	again := open(t, path, benchCollections...)
	written.Range(func(id, _ any) bool {
		_, err := again.Get(ctx, "check_ins", id.(string))
		must(t, err)
		return true
	})
}

func TestOpenRefused(t *testing.T) {
	dir := t.TempDir()
	noise := filepath.Join(dir, "noise.db")
	must(t, os.WriteFile(noise, []byte("this is no database, and long enough to see it at the first look"), 0o600))
	for what, path := range map[string]string{"no database": noise, "no folder": filepath.Join(dir, "nowhere", "x.db"), "a folder": dir} {
		if _, err := sqlite.Open(context.Background(), path, nil); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}
