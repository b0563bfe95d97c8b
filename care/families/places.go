package families

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// workPlaces names this worker where it sets something aside.
const workPlaces = "old-places"

// FindOldPlaces gives the places that an older program kept, or keeps still, the key by
// which those who have them find them. Documents without a key stand first along its
// index (store.Query), so that a turn with nothing to do reads one page.
func (c *Service) FindOldPlaces(ctx context.Context) error {
	round, err := c.base.Aside.Round(ctx, workPlaces)
	if err != nil {
		return err
	}
	var old []store.Doc
	err = chart.ThroughDocs(ctx, c.store, chart.ColRelated, store.Query{Index: "account", Unopened: true}, func(d store.Doc) (bool, error) {
		if d.Keys["accountId"] != nil {
			return true, nil
		}
		old = append(old, d)
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, d := range old {
		if err := round.Do(ctx, d.ID, func() error { return c.keepPlace(ctx, d) }); err != nil {
			return err
		}
	}
	return nil
}

func (c *Service) keepPlace(ctx context.Context, d store.Doc) error {
	r, err := chart.Readable[models.RelatedPerson](d)
	if err != nil {
		return err
	}
	op, err := relatedOp(r.Value, r.Version)
	if err != nil {
		return err
	}
	if err = chart.Refusal(c.store.Batch(ctx, op)); models.KindOf(err) == models.KindStale {
		return nil // it was changed meanwhile, or another instance was first
	}
	return chart.UnlessGone(err)
}
