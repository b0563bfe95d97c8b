package upkeep

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/store"
)

// ReadIncarnation reads which life a store is in; models.KindNotFound for one that no
// program has served since incarnations came.
func ReadIncarnation(ctx context.Context, s store.Store) (chart.Incarnation, error) {
	return chart.ReadIncarnation(ctx, s)
}

// NewIncarnation begins a new life of a store. Only a restore calls it, before anything
// serves the store.
func NewIncarnation(ctx context.Context, s store.Store, now time.Time) (chart.Incarnation, error) {
	return chart.NewIncarnation(ctx, s, now)
}

// ReadEnds reads a journal of ends. unread counts the lines that do not open: cut off
// by a crash, or of another site. A file that is not there is empty.
func ReadEnds(ctx context.Context, path string, sealer chart.LocalSealer) (ends []chart.Ended, unread int, err error) {
	return chart.ReadEnds(ctx, path, sealer)
}
