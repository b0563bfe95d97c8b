package alerts

import (
	"context"
	"time"

	"github.com/fxamacker/cbor/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// before is what the rules compare a new check-in with, and the op that makes the
// patient's document tell of this one too. The op belongs into the batch that stores the
// check-in: of two at once the other is refused as stale. A document that is not there,
// that can't be read or that has another format is made from the check-ins.
func (c *Service) before(ctx context.Context, in checkin.CheckIn) ([]checkin.CheckIn, store.Op, error) {
	p, version, err := c.past(ctx, in.PatientID)
	if err != nil {
		return nil, store.Op{}, err
	}
	out, ok := p.before(in)
	if !ok {
		if out, err = c.reread(ctx, in); err != nil {
			return nil, store.Op{}, err
		}
	}
	p.put(in, c.now())
	body, err := shortly.Marshal(p)
	doc := store.Doc{ID: in.PatientID, Owner: in.PatientID, Version: version, Body: body}
	if version == 0 {
		return out, store.Insert(chart.ColCompared, doc), err
	}
	return out, store.Replace(chart.ColCompared, doc), err
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

// past reads a patient's document, and the version that it is stored under.
func (c *Service) past(ctx context.Context, patientID string) (past, int64, error) {
	var p past
	d, err := c.document(ctx, patientID)
	if err != nil {
		return p, 0, err
	}
	life := c.base.Life.ID
	if d.Version > 0 && d.Bad == nil && cbor.Unmarshal(d.Body, &p) == nil && p.Format == pastFormat && p.Life == life && c.now().Sub(time.UnixMilli(p.Made)).Abs() < pastAge {
		return p, d.Version, nil
	}
	from := c.now().Add(-pastBack)
	history, err := c.told(ctx, patientID, from, endOfTime, pastMost)
	p = pastOf(life, from, history)
	p.Made = c.now().UnixMilli()
	return p, d.Version, err
}

// endOfTime is behind each moment that a check-in can have.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// document is Get, and has the version of one that does not open. There is no version
// where there is none.
func (c *Service) document(ctx context.Context, patientID string) (store.Doc, error) {
	d, err := c.store.Get(ctx, chart.ColCompared, patientID)
	if err == nil || models.KindOf(chart.Refusal(err)) == models.KindNotFound {
		return d, nil
	}
	if ctx.Err() != nil || aside.Stops(err) {
		return store.Doc{}, chart.Refusal(err)
	}
	docs, err := c.store.GetMany(ctx, chart.ColCompared, []string{patientID})
	if err != nil || len(docs) == 0 {
		return store.Doc{}, chart.Refusal(err)
	}
	return docs[0], nil
}
