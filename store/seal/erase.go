package seal

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"handrail/store"
)

// Erase destroys the owner's data key, for good. From then on this process, and
// within Options.CacheTTL every other one, answers ErrErased for the owner's
// documents and leaves them out of queries; new ones are refused. Backups that are
// older than the erasure still hold the wrapped key: let them age out.
//
// It may be repeated: an error after the key is destroyed only says that its old
// bytes may still stand in the files.
func (s *Store) Erase(ctx context.Context, owner string) error {
	if owner == store.Site || strings.HasPrefix(owner, reserved) {
		return fmt.Errorf("%w: this owner cannot be erased", store.ErrInvalid)
	}
	gone := store.Doc{ID: owner, Owner: owner}
	err := s.keys.change(ctx, owner, func(store.Doc) ([]byte, error) { return nil, nil })
	if errors.Is(err, store.ErrNotFound) {
		// No key yet: leave the mark, so that none is ever made.
		if err = s.engine.Insert(ctx, store.KeysCollection, gone); errors.Is(err, store.ErrExists) {
			return s.Erase(ctx, owner)
		}
	}
	if err != nil && !errors.Is(err, store.ErrErased) {
		return err
	}
	s.keys.cache.drop(owner)
	return s.engine.Scrub(ctx)
}
