package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"handrail/store"
	"handrail/store/sqlite"
	"handrail/store/storetest"
)

type database string // path of the file

func (path database) Open(t testing.TB, c []store.Collection) store.Engine {
	t.Helper()
	db, err := sqlite.Open(context.Background(), string(path), c)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func (path database) Files(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(string(path) + "*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	return files
}

func TestContract(t *testing.T) {
	storetest.Run(t, storetest.Harness{
		New: func(t testing.TB) storetest.Database {
			return database(filepath.Join(t.TempDir(), "store.db"))
		},
		Scale: 320,
	})
}
