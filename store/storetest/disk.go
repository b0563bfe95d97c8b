package storetest

import (
	"os"
	"testing"
)

// DiskVariable names a folder on a disk for what must lie on one: the whole check
// (cmd/handrail-test) keeps other folders of tests in memory.
const DiskVariable = "HANDRAIL_TEST_DISK"

// DiskDir is TempDir on a disk, for tests of what outlives a program that is killed.
func DiskDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(os.Getenv(DiskVariable), "handrail-disk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
