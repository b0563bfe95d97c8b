package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"handrail/store"
)

// TestDiskFull: when the database itself fails, the caller hears it, nothing is
// there in part, and writing goes on once there is room.
func TestDiskFull(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "full.db"), []store.Collection{{Name: "things"}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	pragma := func(text string) {
		t.Helper()
		if err := db.write.do(ctx, 1, func(x *tx) error { return x.exec(text) }); err != nil {
			t.Fatal(err)
		}
	}
	pragma("PRAGMA max_page_count=40")
	pair := func(i int) error {
		d := store.Doc{ID: fmt.Sprint("a", i), Owner: "o", Body: make([]byte, 10_000)}
		e := d
		e.ID = fmt.Sprint("b", i)
		return db.Batch(ctx, store.Insert("things", d), store.Insert("things", e))
	}
	i := 0
	for err = pair(i); err == nil && i < 1000; err = pair(i) {
		i++
	}
	if !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("a full disk gave %v after %d", err, i)
	}
	for _, half := range []string{"a", "b"} {
		if _, err := db.Get(ctx, "things", fmt.Sprint(half, i)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("half %s of a refused batch: %v", half, err)
		}
	}
	pragma("PRAGMA max_page_count=100000")
	if err := pair(i); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
