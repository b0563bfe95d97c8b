package planning

import (
	"context"
	"time"
)

// sweepEvery is the time between two looks at everybody.
const sweepEvery = 6 * time.Hour

// sweepPage is how many patients one turn looks at, so that news is not held up.
const sweepPage = 20

// sweep is where a look at everybody stands.
type sweep struct {
	cursor string
	ended  time.Time // zero: under way, or not begun yet
}

// look goes on with the look at everybody, or begins one when it is time.
func (p *Planner) look(ctx context.Context, t turn) error {
	s := &p.sweep
	if !s.ended.IsZero() && p.wall().Sub(s.ended) < sweepEvery {
		return nil
	}
	s.ended = time.Time{}
	ids, err := p.care.Upkeep.PatientIDs(ctx, s.cursor, sweepPage)
	if err != nil {
		return err
	}
	for _, id := range ids.Items {
		if err := p.try(ctx, t, id); err != nil {
			return err
		}
	}
	if s.cursor = ids.Next; s.cursor == "" {
		if err := p.interpreters(ctx, t); err != nil {
			return err
		}
		s.ended = p.wall()
	}
	return nil
}
