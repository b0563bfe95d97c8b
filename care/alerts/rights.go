package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
)

// rights are an actor's to all charts. What an open emergency adds is left out: it opens
// no check-ins.
type rights struct{ chart.Rights }

func (c *Service) rights(ctx context.Context, actor models.Actor) (rights, error) {
	r, err := c.base.RightsOf(ctx, actor)
	return rights{r}, err
}

// sees tells whether the actor may read a patient's check-ins whole.
func (r rights) sees(patientID string) bool { return r.Whole(patientID, models.SectionCheckIns) }

func (r rights) view(a risk.Alert) View {
	whole := r.sees(a.PatientID)
	if whole && !r.Whole(a.PatientID, models.SectionUseMedicines) {
		a, whole = a.WithoutUse()
	}
	return viewOf(a, r.Actor, whole, r.Decide(a.PatientID, models.SectionProfile).Allowed)
}
