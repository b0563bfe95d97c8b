package apps

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// A store that was set back lets apps read that were stopped since, or taken off. The
// journal of ends knows of each.

// Inside is what upkeep asks of apps after a restore. Nothing outside of care gets one.
type Inside struct{ service *Service }

// Stands tells whether an app that was taken off, or what one may read that was stopped,
// is there again. An id is that of a chart.Ended: of an app; of a grant; of a grant and
// one of its scopes, with a slash between them.
func (i *Inside) Stands(ctx context.Context, e chart.Ended) (bool, error) {
	if e.Kind == chart.EndedApp {
		_, err := i.service.app(ctx, e.ID)
		return err == nil, unlessNone(err)
	}
	id, scope, _ := strings.Cut(e.ID, "/")
	g, err := chart.Load[grant](ctx, i.service.store, chart.ColAppGrants, id)
	return err == nil && g.Value.stands(scope, e.At), unlessNone(err)
}

func (g grant) stands(scope string, at time.Time) bool {
	return g.EndedAt == nil && !g.Since.After(at) && (scope == "" || slices.Contains(g.Scopes, scope))
}

// EndAgain ends it again.
func (i *Inside) EndAgain(ctx context.Context, e chart.Ended) error {
	if e.Kind == chart.EndedApp {
		office := chart.SystemActor
		office.Role = models.RoleAdministrator
		return i.service.Remove(ctx, office, e.ID)
	}
	id, scope, _ := strings.Cut(e.ID, "/")
	g, err := chart.Load[grant](ctx, i.service.store, chart.ColAppGrants, id)
	if err != nil || !g.Value.stands(scope, e.At) {
		return unlessNone(err)
	}
	return i.service.TakeBack(ctx, g.Value.owner(), id, scope)
}

// EndedGrants tells what patients have stopped in a store that a restore replaces.
func EndedGrants(ctx context.Context, s store.Store, tell func(id string, at time.Time)) error {
	return chart.Through(ctx, s, chart.ColAppGrants, store.Query{Index: store.IDIndex}, func(g chart.Versioned[grant]) (bool, error) {
		if g.Value.EndedAt != nil {
			tell(g.Value.ID, *g.Value.EndedAt)
		}
		return false, nil
	})
}

func unlessNone(err error) error {
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	return err
}
