package chart

import (
	"context"
	"errors"
	"fmt"
	"time"

	"handrail/models"
	"handrail/store"
)

// Format is the form of what this program writes. It is raised by a change that an older
// program would read wrongly or lose when it writes, and by no other: a field that it
// leaves alone needs none.
const Format = 1

// storeFormat is the document "format" in the collection "store_facts", owned by the site.
type storeFormat struct {
	Format int       `json:"format"`
	Since  time.Time `json:"since"`
}

const formatID = "format"

// holdFormat refuses a store that a newer program wrote, before anything is read or
// written in it; of an older one, or one that says nothing, it notes that this program
// serves it now.
func holdFormat(ctx context.Context, s store.Store, now time.Time) error {
	for {
		v, err := Load[storeFormat](ctx, s, ColFacts, formatID)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		if v.Value.Format > Format {
			return fmt.Errorf("a newer program has served this store: it is of format %d, and this program knows formats up to %d. Start the newer program again, or restore a backup of before (handrail restore)", v.Value.Format, Format)
		}
		if v.Value.Format == Format {
			return nil
		}
		doc, err := Encode(formatID, OwnerSite, v.Version, nil, storeFormat{Format, now.UTC()})
		if err != nil {
			return err
		}
		if v.IsNew() {
			err = s.Insert(ctx, ColFacts, doc)
		} else {
			err = s.Replace(ctx, ColFacts, doc)
		}
		if !errors.Is(err, store.ErrExists) && !errors.Is(err, store.ErrConflict) {
			return Refusal(err)
		}
	}
}
