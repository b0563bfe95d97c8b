package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"handrail/store"
)

// TestTheLogIsMovedWhileWritesKeepComing: it begins anew again and again although somebody
// always writes, and without the bound at which the writer would move all of it.
func TestTheLogIsMovedWhileWritesKeepComing(t *testing.T) {
	t.Run("that somebody waits for", func(t *testing.T) { movesTheLog(t, t.Context()) })
	t.Run("in the background", func(t *testing.T) { movesTheLog(t, store.Background(t.Context())) })
}

func movesTheLog(t *testing.T, ctx context.Context) {
	const writers, rounds, each = 4, 50, 64
	path := filepath.Join(t.TempDir(), "log.db")
	db, err := Open(t.Context(), path, []store.Collection{{Name: "things"}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var fallback error
	if err := db.write.do(t.Context(), 0, func(tx *tx) error {
		fallback = tx.exec("PRAGMA wal_autocheckpoint=0")
		return nil
	}); err != nil || fallback != nil {
		t.Fatal(err, fallback)
	}
	body := bytes.Repeat([]byte("b"), 3000) // a page for each
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for r := range rounds {
				var ops []store.Op
				for i := range each {
					ops = append(ops, store.Insert("things", store.Doc{ID: fmt.Sprintf("%d-%d-%d", w, r, i), Owner: "o", Body: body}))
				}
				if err := db.Batch(ctx, ops...); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	written := int64(writers * rounds * each * 4096)
	t.Logf("%d MB were written, the log has %d MB", written>>20, log.Size()>>20)
	if log.Size() > written*3/4 {
		t.Error("the log grows with what is written")
	}
	page, err := db.Query(t.Context(), "things", store.Query{Index: store.IDIndex, Limit: 1})
	if err != nil || len(page.Docs) != 1 {
		t.Error(page, err)
	}
}
