package storetest

import (
	"context"
	"path/filepath"
	"testing"

	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// Open gives a test of another package a real sealed store on a file of its own,
// closed at the end.
func Open(t testing.TB, collections ...store.Collection) *seal.Store {
	t.Helper()
	s, err := OpenIn(context.Background(), t.TempDir(), collections...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// OpenIn opens the store of a folder, which is made when there is none: what a
// program that was killed left behind is opened by the next.
func OpenIn(ctx context.Context, dir string, collections ...store.Collection) (*seal.Store, error) {
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "test.db"), collections)
	if err != nil {
		return nil, err
	}
	return seal.Open(ctx, db, kek, seal.Options{})
}
