package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
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
	path := filepath.Join(dir, "test.db")
	if err := begin(ctx, path, collections); err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, path, collections)
	if err != nil {
		return nil, err
	}
	return seal.Open(ctx, db, kek, seal.Options{})
}

// empty are the files of stores that hold nothing yet, by their collections: to make the
// tables takes longer than most tests do.
var empty sync.Map

// begin puts an empty store where there is none: what is opened then is what a second start
// of the program would find.
func begin(ctx context.Context, path string, collections []store.Collection) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	key := fmt.Sprintf("%+v", collections)
	file, known := empty.Load(key)
	if !known {
		bytes, err := made(ctx, collections)
		if err != nil {
			return err
		}
		file, _ = empty.LoadOrStore(key, bytes)
	}
	whole, err := os.CreateTemp(filepath.Dir(path), "begin")
	if err != nil {
		return err
	}
	defer os.Remove(whole.Name())
	_, err = whole.Write(file.([]byte))
	if err = errors.Join(err, whole.Close()); err != nil {
		return err
	}
	if err = os.Link(whole.Name(), path); errors.Is(err, fs.ErrExist) {
		return nil // another program of the test was first
	}
	return err
}

func made(ctx context.Context, collections []store.Collection) ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	db, err := sqlite.Open(ctx, path, collections)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
