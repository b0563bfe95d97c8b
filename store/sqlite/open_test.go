package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"handrail/store"
	"handrail/store/sqlite"
)

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
