package medicines

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
)

// Inside is what other parts of care ask of medicines without a caller's right.
type Inside struct{ service *Service }

// Inside is handed out by care.New.
func (c *Service) Inside() *Inside { return &Inside{c} }

// Agreed tells what prescribers agreed on about a change of a line by somebody: how soon
// the others look at it, and whether it is theirs to change. within is 0 where nothing is
// agreed.
type Agreed func(ctx context.Context, m medicine.Medicine, by string) (within time.Duration, theirs bool, err error)

// With joins the agreements. It is called once, by care.New.
func (i *Inside) With(a Agreed) { i.service.agreed = a }

// Facts are the results of a patient that are known.
func (i *Inside) Facts(ctx context.Context, patientID string) (map[string]medicine.Fact, error) {
	v, err := chart.Load[stored](ctx, i.service.store, chart.ColMedicineFacts, patientID)
	return v.Value.Facts, chart.UnlessGone(err)
}

// Lines are the lines of a patient that are taken, and those that were stopped at since or
// later, seen by somebody or not. A few that were stopped before may be among them.
func (i *Inside) Lines(ctx context.Context, patientID string, since time.Time) ([]medicine.Medicine, error) {
	found, err := i.service.lines(ctx, patientID, since)
	out := make([]medicine.Medicine, 0, len(found))
	for _, v := range found {
		out = append(out, v.Value)
	}
	return out, err
}

// Line is one of a patient's lines. Errors: KindNotFound, also for one of somebody else.
func (i *Inside) Line(ctx context.Context, patientID, id string) (medicine.Medicine, error) {
	v, err := chart.Load[medicine.Medicine](ctx, i.service.store, chart.ColMedicines, id)
	if err == nil && v.Value.PatientID != patientID {
		err = models.NotFound()
	}
	return v.Value, err
}
