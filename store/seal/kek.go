package seal

import "context"

// KEK is the key-encryption key: it wraps data keys and other short secrets. A key
// management service can stand behind it. Implementations are safe for concurrent
// use.
type KEK interface {
	// Wrap encrypts plain; Unwrap opens it again, with the same bound data only.
	Wrap(ctx context.Context, plain, bound []byte) ([]byte, error)
	Unwrap(ctx context.Context, wrapped, bound []byte) ([]byte, error)
	// Rotate makes Wrap use a new key. What older keys wrapped still unwraps.
	Rotate(ctx context.Context) error
}
