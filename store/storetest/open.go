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
	dir := t.TempDir()
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, "test.db"), collections)
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.Open(context.Background(), db, kek, seal.Options{})
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
