package seal

import (
	"bytes"
	"encoding/binary"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// keyring is a Tink keyset that is ready to use: its newest key seals, all of its
// keys open.
type keyring struct {
	handle *keyset.Handle
	aead   tink.AEAD
	ids    map[uint32]struct{}
}

func newKeyring() (*keyring, error) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	return keyringOf(h)
}

func keyringOf(h *keyset.Handle) (*keyring, error) {
	a, err := aead.New(h)
	if err != nil {
		return nil, err
	}
	k := &keyring{handle: h, aead: a, ids: map[uint32]struct{}{}}
	for _, info := range h.KeysetInfo().GetKeyInfo() {
		k.ids[info.GetKeyId()] = struct{}{}
	}
	return k, nil
}

// knows tells whether the key that sealed b is one of these. Tink begins what it
// seals with 0x01 and the id of the key in 4 bytes.
func (k *keyring) knows(b []byte) bool {
	if len(b) < 5 || b[0] != 1 {
		return true // not of this form at all: a newer keyset would not help
	}
	_, ok := k.ids[binary.BigEndian.Uint32(b[1:])]
	return ok
}

// rotated returns a keyring with one key more, which seals from now on.
func (k *keyring) rotated() (*keyring, error) {
	m := keyset.NewManagerFromHandle(k.handle)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	h, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return keyringOf(h)
}

// secret is the keyset in the clear. Whoever calls it wraps the result at once.
func (k *keyring) secret() ([]byte, error) {
	var b bytes.Buffer
	err := insecurecleartextkeyset.Write(k.handle, keyset.NewBinaryWriter(&b))
	return b.Bytes(), err
}

func keyringFromSecret(b []byte) (*keyring, error) {
	h, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(b)))
	if err != nil {
		return nil, err
	}
	return keyringOf(h)
}
