package chart

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/store"
)

// NewID makes an id that sorts by time (UUIDv7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Millis is a time as an index key.
func Millis(t time.Time) int64 { return t.UnixMilli() }

// Refusal turns a store's error into one that may cross to the edge.
func Refusal(err error) error {
	var known *models.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrErased):
		return models.NotFound()
	case errors.Is(err, store.ErrConflict):
		return models.E(models.KindStale, "version-not-newest", "This was changed meanwhile. Load it again and repeat your change.")
	case errors.Is(err, store.ErrExists):
		return models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	case errors.Is(err, store.ErrBadText): // the last guard: the field's own check knows its name
		return models.E(models.KindInvalid, "invalid-input", "Some of what was sent is too long, or is no text.")
	case errors.Is(err, store.ErrBadCursor):
		return models.E(models.KindInvalid, "bad-cursor", "This cursor is not one of ours. Start from the first page.")
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &models.Error{Kind: models.KindUnavailable, Code: "store-unavailable",
			Text: "We can't reach the records right now. Please try again in a moment.", Err: err}
	}
	return err
}

// Encode makes the document of a value.
func Encode(id, owner string, version int64, keys store.Keys, value any) (store.Doc, error) {
	body, err := json.Marshal(value)
	return store.Doc{ID: id, Version: version, Owner: owner, Keys: keys, Body: body}, err
}

// Hash is the SHA-256 of b.
func Hash(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:]
}

// AnyVersion says that a change holds whatever the version of what it changes.
const AnyVersion = 0

// UnlessGone is nil where what something was to be done with is not there any more.
func UnlessGone(err error) error {
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	return err
}
