package store

import "context"

// Hider is a store that reads for a caller who must not learn whether there is something.
type Hider interface {
	// GetHidden is Get, and takes as long for what is not there, or is an erased owner's,
	// as for what is: like is a body as those of the collection are, which is sealed and
	// opened in its place.
	GetHidden(ctx context.Context, collection, id string, like []byte) (Doc, error)
}

// GetHidden asks a store that can hide; of one that can't it is Get.
func GetHidden(ctx context.Context, s Store, collection, id string, like []byte) (Doc, error) {
	if of, is := s.(Hider); is {
		return of.GetHidden(ctx, collection, id, like)
	}
	return s.Get(ctx, collection, id)
}
