package seal

import (
	"context"

	"handrail/store"
)

// Local seals small files beside the database, under the KEK itself, so that they
// can be read while the database is down. Such a file is not reached by Erase: who
// writes it must remove it.
type Local struct{ kek KEK }

// NewLocal makes a Local.
func NewLocal(kek KEK) Local { return Local{kek} }

// Seal encrypts data; it opens again under the same name only.
func (l Local) Seal(ctx context.Context, name string, data []byte) ([]byte, error) {
	return l.kek.Wrap(ctx, data, store.JoinText("local", name))
}

// Open is the reverse of Seal: ErrSeal when sealed was changed or has another name.
func (l Local) Open(ctx context.Context, name string, sealed []byte) ([]byte, error) {
	return l.kek.Unwrap(ctx, sealed, store.JoinText("local", name))
}
