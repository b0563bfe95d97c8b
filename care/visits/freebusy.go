package visits

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// FreeBusy is what somebody's time between two moments is: by status, sorted by
// start, without overlaps within a status.
type FreeBusy struct {
	Name string
	Time []StateOfTime
}

// StateOfTime is a piece of time.
type StateOfTime struct {
	schedule.Span
	State TimeState
}

// TimeState is what a piece of time is.
type TimeState string

// The states of time.
const (
	TimeFree      TimeState = "free"      // in the hours, and not taken
	TimeTaken     TimeState = "taken"     // by a visit, with its buffers
	TimeHeld      TimeState = "held"      // by a patient who is deciding
	TimeElsewhere TimeState = "elsewhere" // by a calendar elsewhere
)

// FreeBusy tells when a clinician is free and when not, and nothing of whom they
// see. For them and the office, at most MaxCalendarDays at once.
func (c *Service) FreeBusy(ctx context.Context, actor models.Actor, accountID string, from, to time.Time) (FreeBusy, error) {
	a, _, err := c.hoursOf(ctx, actor, accountID)
	if err != nil {
		return FreeBusy{}, err
	}
	if err := c.mayKeepHours(ctx, actor, accountID); err != nil {
		return FreeBusy{}, err
	}
	if err := checkCalendarWindow(from, to); err != nil {
		return FreeBusy{}, err
	}
	within, out := schedule.SpanOf(from, to), FreeBusy{Name: a.Name}
	l, err := c.readLedgers(ctx, []string{accountID}, within)
	if err != nil {
		return out, err
	}
	by := map[TimeState][]schedule.Span{}
	for _, claim := range l.claims(nil)[accountID] {
		switch {
		case !claim.Overlaps(within) || !claim.Live(c.now().Unix()):
		case claim.Expires != 0:
			by[TimeHeld] = append(by[TimeHeld], claim.And(within))
		default:
			by[TimeTaken] = append(by[TimeTaken], claim.And(within))
		}
	}
	busy, err := c.busyOf(ctx, accountID)
	if err != nil {
		return out, err
	}
	for _, s := range busy {
		if s.Overlaps(within) {
			by[TimeElsewhere] = append(by[TimeElsewhere], s.And(within))
		}
	}
	if by[TimeFree], err = c.freeTime(ctx, accountID, within, by); err != nil {
		return out, err
	}
	for state, spans := range by {
		for _, s := range schedule.Union(spans) {
			out.Time = append(out.Time, StateOfTime{s, state})
		}
	}
	slices.SortFunc(out.Time, func(a, b StateOfTime) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.State, b.State)) })
	event := c.base.AuditEvent(actor, "calendar.read")
	event.Ref, event.Count = accountID, len(out.Time)
	return out, c.base.Note(ctx, event)
}

// freeTime is what is left of somebody's hours.
func (c *Service) freeTime(ctx context.Context, accountID string, within schedule.Span, by map[TimeState][]schedule.Span) ([]schedule.Span, error) {
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return nil, err
	}
	open, err := c.openHours(ctx, accountID, cal)
	if err != nil || open == nil {
		return nil, err
	}
	var windows, taken []schedule.Span
	for _, w := range open.Windows(nil, within, schedule.Need{}) {
		if w = w.And(within); !w.Empty() {
			windows = append(windows, w)
		}
	}
	for _, spans := range by {
		taken = append(taken, spans...)
	}
	return schedule.Without(windows, schedule.Union(taken)), nil
}
