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

// held is what the rules compare a new check-in with: from memory, or read.
func (c *Service) held(ctx context.Context, patientID string) (heldPast, error) {
	h, ok := c.pasts.Take(patientID) // it is changed: whoever comes meanwhile reads it
	if ok && h.fresh(c.now()) {
		return h, nil
	}
	return c.past(ctx, patientID)
}

// comparison is what a check-in tells beside those before it.
type comparison struct {
	signals []checkin.Signal
	trends  []risk.Trend
}

// compare asks the rules. A check-in that none of them asks about is compared with numbers
// alone, and what does not reach far enough back is made of the check-ins.
func (c *Service) compare(ctx context.Context, h *heldPast, in checkin.CheckIn) (comparison, error) {
	if chosen, ok := h.chosen(in); ok && !risk.Compares(in) {
		return comparison{trends: trendsAmong(in, chosen)}, nil
	}
	if before, ok := h.before(in); ok {
		return compareWith(in, before), nil
	}
	return c.compareAgain(ctx, in)
}

// compareAgain is compare with the check-ins themselves.
func (c *Service) compareAgain(ctx context.Context, in checkin.CheckIn) (comparison, error) {
	before, err := c.reread(ctx, in)
	if err != nil {
		return comparison{}, err
	}
	return compareWith(in, before), nil
}

func compareWith(in checkin.CheckIn, before []checkin.CheckIn) comparison {
	return comparison{risk.Compare(in, before), risk.Trends(in, before)}
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
