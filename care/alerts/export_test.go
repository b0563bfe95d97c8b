package alerts

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// PastFormat is the version of the document, and ColCompared where it is.
const PastFormat = pastFormat

// Before is what the document gives a check-in to be compared with; ok is false where it
// does not reach.
func (c *Service) Before(ctx context.Context, in checkin.CheckIn) (out []checkin.CheckIn, ok bool, err error) {
	p, err := c.past(ctx, in.PatientID)
	if err != nil {
		return nil, false, err
	}
	out, ok = p.before(in)
	return out, ok, err
}

// Trends are what the check-in's own answer has of that, without making check-ins of it.
func (c *Service) Trends(ctx context.Context, in checkin.CheckIn) ([]risk.Trend, error) {
	h, err := c.past(ctx, in.PatientID)
	if err != nil {
		return nil, err
	}
	out, err := c.compare(ctx, &h, in)
	return out.trends, err
}

// Held is the same of what lies in memory; ok is false where there is none, or where it
// is older than the documents, so that the batch in which it is used is refused.
func (c *Service) Held(ctx context.Context, in checkin.CheckIn) (out []checkin.CheckIn, ok bool, err error) {
	h, ok := c.pasts.Get(in.PatientID)
	docs, err := c.store.GetMany(ctx, chart.ColCompared, []string{lateID(in.PatientID)})
	if err != nil || !ok || len(docs) == 0 || docs[0].Version != h.late {
		return nil, false, err
	}
	out, ok = h.before(in)
	return out, ok, nil
}

// Forget lets go of what lies in memory.
func (c *Service) Forget(patientID string) { c.pasts.Take(patientID) }

// LateID is the id of the small one of a patient's two documents.
var LateID = lateID

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
