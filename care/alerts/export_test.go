package alerts

import (
	"context"
	"slices"

	"handrail/models/checkin"
	"handrail/models/risk"
)

// PastFormat is the version of the document, and ColCompared where it is.
const PastFormat = pastFormat

// Before is what the document gives a check-in to be compared with; ok is false where it
// does not reach.
func (c *Service) Before(ctx context.Context, in checkin.CheckIn) (out []checkin.CheckIn, ok bool, err error) {
	p, _, err := c.past(ctx, in.PatientID)
	if err != nil {
		return nil, false, err
	}
	out, ok = p.before(in)
	return out, ok, err
}

// Again is what the check-ins themselves say of that, with some that can't be read now.
func (c *Service) Again(ctx context.Context, in checkin.CheckIn, unreadable []checkin.CheckIn) ([]checkin.CheckIn, error) {
	back, _ := risk.Past(in)
	history, err := c.told(ctx, in.PatientID, in.Moment().Add(-back), in.Moment(), 1000)
	return reading(in, slices.Concat(history, unreadable)), err
}

// reading is the query of Service.told, of a list.
func reading(in checkin.CheckIn, history []checkin.CheckIn) (out []checkin.CheckIn) {
	back, most := risk.Past(in)
	from, to := in.Moment().Add(-back).UnixMilli(), in.Moment().UnixMilli()
	for _, c := range history {
		if at := c.Moment().UnixMilli(); at >= from && at <= to {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b checkin.CheckIn) int {
		return later(told{ID: a.ID, At: a.Moment().UnixNano()}, told{ID: b.ID, At: b.Moment().UnixNano()})
	})
	return out[:min(len(out), most)]
}
