package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"sync"
)

// hmacLinker is the Linker that HMAC-SHA256 (RFC 2104) and a key give. To make one costs as
// much as to use it, so those that were made are kept.
type hmacLinker struct{ made sync.Pool }

// NewLinker makes a Linker of a secret key.
func NewLinker(key [sha256.Size]byte) Linker {
	return &hmacLinker{sync.Pool{New: func() any { return hmac.New(sha256.New, key[:]) }}}
}

// Link covers the body by its plain SHA-256, so that the body need not be copied.
func (l *hmacLinker) Link(collection string, prev []byte, d Doc) []byte {
	body := sha256.Sum256(d.Body)
	b := appendText(make([]byte, 0, 512), "link")
	b = appendText(b, collection)
	b = appendText(b, string(prev))
	b = appendText(b, d.Lane)
	b = binary.BigEndian.AppendUint64(b, uint64(d.Seq))
	b = appendText(b, d.ID)
	b = appendText(b, d.Owner)
	b = appendKeys(b, d.Keys)
	return l.sum(append(b, body[:]...))
}

func (l *hmacLinker) Mark(h Head) []byte {
	b := appendText(make([]byte, 0, 256), "head")
	b = appendText(b, h.Collection)
	b = appendText(b, h.Lane)
	b = binary.BigEndian.AppendUint64(b, uint64(h.Seq))
	return l.sum(append(b, h.Link...))
}

func (l *hmacLinker) sum(b []byte) []byte {
	h := l.made.Get().(hash.Hash)
	defer l.made.Put(h)
	h.Reset()
	h.Write(b)
	return h.Sum(nil)
}
