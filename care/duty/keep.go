package duty

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// The lines of a rota that was made, changed or ended: who is on duty may be another now.
const (
	LineCreated = "rota.created"
	LineChanged = "rota.changed"
	LineEnded   = "rota.ended"
)

// LineLeft is the line of somebody whom a rota names no more: what they answer for is
// looked at anew.
const LineLeft = "rota.left"

// saveAnd is save of a change that another person is told of.
func (c *Service) saveAnd(ctx context.Context, actor models.Actor, did string, v keptRota, whom string) error {
	e := c.base.AuditEvent(actor, did)
	e.Ref, e.Whom = v.Value.ID, whom
	return c.write(ctx, e, v, nil)
}

func (c *Service) save(ctx context.Context, actor models.Actor, did string, v keptRota, was []string) error {
	e := c.base.AuditEvent(actor, did)
	e.Ref = v.Value.ID
	return c.write(ctx, e, v, was)
}

// write stores a rota. was are those whom it named before.
func (c *Service) write(ctx context.Context, line models.AuditEvent, v keptRota, was []string) error {
	r := v.Value
	keys := store.Keys{"site": chart.OwnerSite, "changedAt": chart.Millis(r.ChangedAt)}
	names := r.People()
	if r.EndedAt.IsZero() {
		keys["live"] = chart.OwnerSite
	} else {
		names = nil
	}
	doc, err := chart.Encode(r.ID, chart.OwnerSite, v.Version, keys, r)
	if err != nil {
		return err
	}
	ops := []store.Op{store.Replace(chart.ColRotas, doc)}
	if v.IsNew() {
		ops[0] = store.Insert(chart.ColRotas, doc)
	}
	for _, id := range was {
		if slices.Contains(names, id) || len(ops) > 50 {
			continue
		}
		e := c.base.AuditEvent(chart.SystemActor, LineLeft)
		e.Ref, e.Whom = r.ID, id
		op, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	look, err := c.lookNow(ctx)
	if err != nil {
		return err
	}
	return c.base.Commit(ctx, line, append(ops, look...)...)
}
