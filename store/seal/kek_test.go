package seal_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"handrail/store/seal"
)

func TestKEKFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kek.json")
	_, err := seal.OpenKEK(path)
	want(t, err, fs.ErrNotExist)
	k, err := seal.CreateKEK(path)
	must(t, err)
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	wrapped, err := k.Wrap(ctx, []byte("secret"), []byte("place"))
	must(t, err)
	again, err := seal.CreateKEK(path) // does not make another
	must(t, err)
	plain, err := again.Unwrap(ctx, wrapped, []byte("place"))
	must(t, err)
	if string(plain) != "secret" {
		t.Errorf("unwrapped %q", plain)
	}
	_, err = again.Unwrap(ctx, wrapped, []byte("elsewhere"))
	want(t, err, seal.ErrSeal)

	must(t, os.Chmod(path, 0o640))
	if _, err := seal.OpenKEK(path); err == nil || !strings.Contains(err.Error(), "0600") {
		t.Errorf("a key file that others may read: %v", err)
	}
	must(t, os.WriteFile(path, []byte("{}"), 0o600))
	must(t, os.Chmod(path, 0o600))
	if _, err := seal.CreateKEK(path); err == nil {
		t.Error("an empty keyset was taken")
	}
}

// TestKEKCreatedAtOnce: programs that start together agree on one key.
func TestKEKCreatedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kek.json")
	var mu sync.Mutex
	var all []*seal.FileKEK
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			k, err := seal.CreateKEK(path)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, k)
		})
	}
	wg.Wait()
	wrapped, err := all[0].Wrap(ctx, []byte("x"), nil)
	must(t, err)
	for _, k := range all {
		_, err := k.Unwrap(ctx, wrapped, nil)
		must(t, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestKEKRotation: of rotations at the same time each either adds its key or is
// refused; no key is lost, and another instance finds new ones by itself.
func TestKEKRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kek.json")
	k, err := seal.CreateKEK(path)
	must(t, err)
	var mu sync.Mutex
	var wrapped [][]byte
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			mine, err := seal.OpenKEK(path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := mine.Rotate(ctx); err != nil {
				if !errors.Is(err, fs.ErrExist) {
					t.Error(err)
				}
				return
			}
			w, err := mine.Wrap(ctx, []byte("x"), nil)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			wrapped = append(wrapped, w)
		})
	}
	wg.Wait()
	if len(wrapped) == 0 {
		t.Fatal("no rotation went through")
	}
	for _, w := range wrapped {
		_, err := k.Unwrap(ctx, w, nil)
		must(t, err)
	}
	must(t, k.Rotate(ctx)) // no lock is left
}
