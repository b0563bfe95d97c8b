package tasks

import (
	"context"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// mostPooled bounds what is read of one pool: those that are due first.
const mostPooled = 2000

// Waiting lists the open tasks that are an actor's, that they are asked for, or may
// claim, with a number of queries that does not grow with the patients. marks name the
// state of each.
func (c *Service) Waiting(ctx context.Context, r chart.Rights) (found []task.View, marks []string, err error) {
	me := r.Actor.AccountID
	queries := []store.Query{{Index: "openOwner", Equal: []any{me}}, {Index: "openAsked", Equal: []any{me}}}
	for _, p := range task.Pools {
		if p.Of(r.Actor.Role) {
			queries = append(queries, store.Query{Index: "openPool", Equal: []any{string(p)}})
		}
	}
	seen := map[string]bool{}
	for _, q := range queries {
		q.Unopened = true
		var docs []store.Doc
		pooled := q.Index == "openPool"
		err := chart.ThroughDocs(ctx, c.store, chart.ColTasks, q, func(d store.Doc) (bool, error) {
			docs = append(docs, d)
			return pooled && len(docs) >= mostPooled, nil
		})
		if err == nil {
			err = knowOf(ctx, r, docs)
		}
		if err != nil {
			return nil, nil, err
		}
		for _, d := range docs {
			if pooled && d.Owner != chart.OwnerSite && !r.Whole(d.Owner, models.SectionProfile) {
				continue
			}
			v := viewIn(r, c.readable(d, r.Actor), c.now())
			if pooled && !v.MayClaim || seen[d.ID] {
				continue
			}
			seen[d.ID] = true
			found = append(found, v)
			marks = append(marks, d.ID+strconv.FormatInt(d.Version, 10)+strconv.FormatBool(v.Whole)+string(v.Tier(c.now())))
		}
	}
	return found, marks, nil
}

// knowOf reads the rights to the patients of tasks. A task of a patient is theirs, and one of
// the site names a patient nowhere.
func knowOf(ctx context.Context, r chart.Rights, docs []store.Doc) error {
	var patients []string
	for _, d := range docs {
		if d.Owner != chart.OwnerSite {
			patients = append(patients, d.Owner)
		}
	}
	return r.Know(ctx, patients...)
}
