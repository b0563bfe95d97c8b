package edge

import (
	"context"
	"crypto/sha256"
	"strings"

	"github.com/google/uuid"
)

// Creating is embedded in the input of every create. The client makes the id of
// what it creates, in the body; one that can't sends an Idempotency-Key, from
// which the id is made. Either way the same request sent twice is one thing.
type Creating struct {
	IdempotencyKey string `header:"Idempotency-Key" minLength:"8" maxLength:"128" pattern:"^[!-~]+$" doc:"Instead of an id in the body: 8 to 128 visible ASCII characters, new for each thing that you create."`
}

// keySpace keeps ids that are made from keys apart from all others.
var keySpace = uuid.MustParse("6c7f4a1e-3d0b-8a52-9f6e-0d1c2b3a4958")

// NewID is the id of what is created: the client's own, or a function of its key,
// of who creates and of where (a UUID of version 8, RFC 9562, section 5.8).
func (c Creating) NewID(ctx context.Context, clientID string) (string, error) {
	if clientID != "" {
		return CleanID("id", clientID)
	}
	if c.IdempotencyKey == "" {
		return "", Invalid("id", "required", "Please send an id that you made, or an Idempotency-Key.")
	}
	rq := requestOf(ctx)
	// None of the parts can hold a line break.
	name := strings.Join([]string{rq.actor.AccountID, rq.method, rq.target, c.IdempotencyKey}, "\n")
	return uuid.NewHash(sha256.New(), keySpace, []byte(name), 8).String(), nil
}

// CleanID checks an id that a client made and writes it in the one way in which
// it is kept: 36 characters, small letters.
func CleanID(field, id string) (string, error) {
	parsed, err := uuid.Parse(id)
	if err != nil || len(id) != 36 || parsed.Variant() != uuid.RFC4122 || parsed.Version() < 4 {
		return "", Invalid(field, "bad-id", "An id is a random or time-ordered UUID in its usual form.")
	}
	return parsed.String(), nil
}
