package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// FileKEK is a KEK that is a Tink keyset in a file (JSON, in the clear, mode 0600).
// Keep a copy of the file apart from the database's backups: without it they are
// noise, with it they are the patients' words.
type FileKEK struct {
	path string

	mu   sync.RWMutex
	ring *keyring
}

var _ KEK = (*FileKEK)(nil)

// OpenKEK reads the keyset at path. It refuses a file that others than its owner
// may read.
func OpenKEK(path string) (*FileKEK, error) {
	k := &FileKEK{path: path}
	ring, err := k.read()
	if err != nil {
		return nil, err
	}
	k.ring = ring
	return k, nil
}

// CreateKEK is OpenKEK, but makes the file when there is none.
func CreateKEK(path string) (*FileKEK, error) {
	k, err := OpenKEK(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	ring, err := newKeyring()
	if err != nil {
		return nil, err
	}
	text, err := encodeKeyset(ring)
	if err != nil {
		return nil, err
	}
	if err := createFile(path, text); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("seal: create key file: %w", err)
	}
	return OpenKEK(path) // perhaps another process was first
}

func (k *FileKEK) read() (*keyring, error) {
	info, err := os.Stat(k.path)
	if err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("seal: key file %s may be read by others; set its mode to 0600", k.path)
	}
	text, err := os.ReadFile(k.path)
	if err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("seal: key file %s is no Tink keyset in JSON: %w", k.path, err)
	}
	return keyringOf(h)
}

// Wrap implements KEK.
func (k *FileKEK) Wrap(_ context.Context, plain, bound []byte) ([]byte, error) {
	return k.current().aead.Encrypt(plain, bound)
}

// Unwrap implements KEK. When another process has rotated the file, it reads it
// again.
func (k *FileKEK) Unwrap(_ context.Context, wrapped, bound []byte) ([]byte, error) {
	ring := k.current()
	if !ring.knows(wrapped) {
		fresh, err := k.reload()
		if err != nil {
			return nil, err
		}
		ring = fresh
	}
	plain, err := ring.aead.Decrypt(wrapped, bound)
	if err != nil {
		return nil, fmt.Errorf("%w: a wrapped key; is %s the key file of this database?", ErrSeal, k.path)
	}
	return plain, nil
}

func (k *FileKEK) current() *keyring {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.ring
}

func (k *FileKEK) reload() (*keyring, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	ring, err := k.read()
	if err != nil {
		return nil, err
	}
	k.ring = ring
	return ring, nil
}

// Rotate implements KEK. A lock file beside the key file keeps two rotations from
// losing each other's key.
func (k *FileKEK) Rotate(context.Context) (err error) {
	lock := k.path + ".lock"
	if err := createFile(lock, nil); err != nil {
		return fmt.Errorf("seal: another rotation seems to run; if none does, remove %s: %w", lock, err)
	}
	defer func() { err = errors.Join(err, os.Remove(lock)) }()
	ring, err := k.reload()
	if err != nil {
		return err
	}
	if ring, err = ring.rotated(); err != nil {
		return err
	}
	text, err := encodeKeyset(ring)
	if err != nil {
		return err
	}
	if err := replaceFile(k.path, text); err != nil {
		return fmt.Errorf("seal: write key file: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ring = ring
	return nil
}

func encodeKeyset(ring *keyring) ([]byte, error) {
	var b bytes.Buffer
	err := insecurecleartextkeyset.Write(ring.handle, keyset.NewJSONWriter(&b))
	return b.Bytes(), err
}
