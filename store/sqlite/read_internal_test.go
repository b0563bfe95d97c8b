package sqlite

import (
	"path/filepath"
	"sync"
	"testing"

	"handrail/store"
)

// TestWhoReadsLittleHasOneConnection, and as many as there are for who reads at the same time.
func TestWhoReadsLittleHasOneConnection(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "reads.db"), []store.Collection{{Name: "things"}})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if _, err := db.GetMany(t.Context(), "things", []string{"a"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(db.read.idle); n != 1 {
		t.Errorf("reads one after the other opened %d connections", n)
	}
	var all sync.WaitGroup
	for range 8 * readers {
		all.Go(func() {
			if _, err := db.GetMany(t.Context(), "things", []string{"a"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(db.read.idle); n < 1 || n > readers {
		t.Errorf("%d connections", n)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := db.GetMany(t.Context(), "things", []string{"a"}); err == nil {
		t.Error("a closed store is read")
	}
}
