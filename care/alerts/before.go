package alerts

import (
	"context"
	"time"

	"github.com/fxamacker/cbor/v2"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

// before is what the rules compare a new check-in with, and the ops that make the
// patient's documents tell of this one too; kept is called when they are durable. They
// belong into the batch that stores the check-in: of two at once the other is refused as
// stale. What is not there, can't be read or has another format is made from the check-ins.
func (c *Service) before(ctx context.Context, in checkin.CheckIn) (out []checkin.CheckIn, keep []store.Op, kept func(), err error) {
	h, held := c.pasts.Take(in.PatientID) // it changes below: whoever comes meanwhile reads it
	if !held || !h.fresh(c.now()) {
		if h, err = c.past(ctx, in.PatientID); err != nil {
			return nil, nil, nil, err
		}
	}
	out, ok := h.before(in)
	if !ok {
		if out, err = c.reread(ctx, in); err != nil {
			return nil, nil, nil, err
		}
	}
	keep, err = h.add(in, c.now())
	return out, keep, func() { c.pasts.Put(in.PatientID, h) }, err
}

// shortly writes a number in as few bytes as hold it: an answer of 0 to 10 in three.
var shortly = func() cbor.EncMode {
	m, err := cbor.EncOptions{ShortestFloat: cbor.ShortestFloat16}.EncMode()
	if err != nil {
		panic(err) // built from constants
	}
	return m
}()

// reread finds what a check-in is compared with in the check-ins themselves.
func (c *Service) reread(ctx context.Context, in checkin.CheckIn) ([]checkin.CheckIn, error) {
	back, most := risk.Past(in)
	return c.told(ctx, in.PatientID, in.Moment().Add(-back), in.Moment(), most)
}

// past reads a patient's documents, with the versions that they are stored under.
func (c *Service) past(ctx context.Context, patientID string) (heldPast, error) {
	var h heldPast
	docs, err := c.store.GetMany(ctx, chart.ColCompared, []string{patientID, lateID(patientID)})
	if err != nil {
		return h, chart.Refusal(err)
	}
	var whole, late store.Doc
	for _, d := range docs {
		if d.ID == patientID {
			whole = d
		} else {
			late = d
		}
	}
	life := c.base.Life.ID
	if h.read(whole, late) && h.Life == life && h.fresh(c.now()) {
		return h, nil
	}
	from := c.now().Add(-pastBack)
	history, err := c.told(ctx, patientID, from, endOfTime, pastMost)
	h = heldPast{past: pastOf(life, from, history), whole: whole.Version, late: late.Version, anew: true}
	h.Made = c.now().UnixMilli()
	return h, err
}

// endOfTime is behind each moment that a check-in can have.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
