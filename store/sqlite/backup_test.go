package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// TestBackup: a copy made while others write is whole, opens with the same key file
// and verifies.
func TestBackup(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := openSealed(dir)
	must(t, err)
	defer s.Close()
	stop, begun := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := int64(0); ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := s.Batch(ctx, benchBatch(i)...); err != nil {
				t.Error(err)
				return
			}
			if i == 100 {
				close(begun)
			}
		}
	})
	<-begun
	file := filepath.Join(dir, "copy.db")
	must(t, s.Engine().(*sqlite.DB).Backup(ctx, file))
	close(stop)
	wg.Wait()

	info, err := os.Stat(file)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the copy: %v", info.Mode())
	}
	if err := s.Engine().(*sqlite.DB).Backup(ctx, file); err == nil {
		t.Error("a second backup wrote over the first")
	}
	if left, _ := filepath.Glob(file + ".part-*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	checkCopy(t, filepath.Join(dir, "kek.json"), file)
}

func checkCopy(t *testing.T, key, file string) {
	t.Helper()
	ctx := context.Background()
	kek, err := seal.OpenKEK(key)
	must(t, err)
	copied, err := seal.Open(ctx, open(t, file, benchCollections...), kek, seal.Options{})
	must(t, err)
	for i := range int64(101) {
		_, err := copied.Get(ctx, "check_ins", benchDoc(i).ID)
		must(t, err)
	}
	seals, err := copied.VerifySeals(ctx)
	must(t, err)
	chain, err := copied.VerifyChain(ctx)
	must(t, err)
	if len(seals.Bad) > 0 || len(chain.Faults) > 0 || chain.Docs < 101 {
		t.Errorf("the copy does not verify: %+v, %+v", seals, chain)
	}
	must(t, copied.Insert(ctx, "check_ins", store.Doc{ID: "new", Owner: "patient-001"}))
}

func TestFileModes(t *testing.T) {
	dir := t.TempDir()
	s, err := openSealed(dir)
	must(t, err)
	defer s.Close()
	must(t, s.Insert(context.Background(), "check_ins", benchDoc(1)))
	for _, name := range []string{"store.db", "store.db-wal", "store.db-shm", "kek.json"} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}
