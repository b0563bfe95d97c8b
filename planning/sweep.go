package planning

import (
	"context"
	"time"

	"handrail/care"
)

// sweepEvery is the time between two looks at everybody.
const sweepEvery = 6 * time.Hour

// sweepPage is how many patients one turn looks at, so that news is not held up.
const sweepPage = 20

// sweep is where a look at everybody stands.
type sweep struct {
	cursor string
	rules  bool      // the rules of alerts were looked at in this one
	guests int       // 0: patients; then the roles of guestRoles, one after the other
	ended  time.Time // zero: under way, or not begun yet
}

// look goes on with the look at everybody, or begins one when it is time.
func (p *Planner) look(ctx context.Context, t turn) error {
	s := &p.sweep
	if !s.ended.IsZero() && p.wall().Sub(s.ended) < sweepEvery {
		return nil
	}
	if !s.ended.IsZero() {
		s.ended, s.rules = time.Time{}, false
	}
	if !s.rules {
		s.rules = true
		if err := p.reviews(ctx); err != nil { // the next look asks again; it holds up nobody's news
			p.log.Error("planning: who keeps the rules of alerts could not be asked to review one", "error", err)
		}
	}
	for { // what is soon done is done in one turn
		n, err := p.lookOn(ctx, t)
		if err != nil {
			return err
		}
		if s.cursor != "" {
			return nil
		}
		if s.guests++; s.guests > len(guestRoles) {
			s.guests, s.ended = 0, p.wall()
			return nil
		}
		if n > sweepPage/2 {
			return nil
		}
	}
}

// lookOn looks at one page of those whose turn it is.
func (p *Planner) lookOn(ctx context.Context, t turn) (int, error) {
	s := &p.sweep
	list, do := p.care.Upkeep.PatientIDs, p.try
	if s.guests > 0 {
		list = func(ctx context.Context, cursor string, limit int) (care.Page[string], error) {
			return p.care.Visits.GuestAccounts(ctx, guestRoles[s.guests-1], cursor, limit)
		}
		do = func(ctx context.Context, t turn, id string) error {
			return t.patients.Do(ctx, guestKey+id, func() error { return p.guest(ctx, id) })
		}
	}
	ids, err := list(ctx, s.cursor, sweepPage)
	if err != nil {
		return 0, err
	}
	for _, id := range ids.Items {
		if err := do(ctx, t, id); err != nil {
			return 0, err
		}
	}
	s.cursor = ids.Next
	return len(ids.Items), nil
}
