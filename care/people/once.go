package people

import (
	"context"
	"errors"
	"sync/atomic"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// once is what every patient is gone through for, once in the life of a store. A store
// that says it was done is not asked again by this instance.
type once struct {
	fact string // the id of the note that it was done
	done atomic.Bool
}

// through does something about each patient, unless it was done before. It notes that
// it was done when it worked for all of them: one person's record does not stop the
// others, and is met again at the next call.
func (o *once) through(ctx context.Context, c *Service, do func(ctx context.Context, patientID string) error) error {
	if o.done.Load() {
		return nil
	}
	_, err := chart.Load[string](ctx, c.store, chart.ColFacts, o.fact)
	if models.KindOf(err) != models.KindNotFound {
		o.done.Store(err == nil)
		return err
	}
	var failed error
	err = chart.Through(ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RolePatient)}},
		func(a chart.Versioned[models.Account]) (bool, error) {
			failed = errors.Join(failed, do(ctx, a.Value.PatientID))
			return ctx.Err() != nil, ctx.Err()
		})
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	doc, err := chart.Encode(o.fact, chart.OwnerSite, 0, nil, c.now().UTC().Format("2006-01-02"))
	if err != nil {
		return err
	}
	if err := c.store.Insert(ctx, chart.ColFacts, doc); !errors.Is(err, store.ErrExists) {
		return chart.Refusal(err)
	}
	return nil
}
