package chart

import (
	"context"

	"handrail/models"
	"handrail/store/aside"
)

// MayRead tells of which patients an actor may read a whole section now, for what is counted
// over many: a count of others would tell of them. It asks as often for many as for few. A
// patient whose records can't be read is none of them, and hides no other.
func (c *Base) MayRead(ctx context.Context, actor models.Actor, patients []string, s models.Section) (map[string]bool, error) {
	ctx, ahead := NewAhead(ctx)
	if err := c.ReadAhead(ctx, ahead, actor, patients); err != nil {
		return nil, err
	}
	may := map[string]bool{}
	for _, id := range patients {
		if _, known := may[id]; known {
			continue
		}
		ch, err := c.ChartFor(ctx, actor, id, models.PurposeOf(actor.Role))
		if err != nil && (aside.Stops(err) || ctx.Err() != nil) {
			return nil, err
		}
		may[id] = false
		if err == nil {
			d := ch.Decide(s, models.Read)
			may[id] = d.Allowed && d.Whole
		}
	}
	return may, nil
}
