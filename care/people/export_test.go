package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
)

// SignOld stores a consent as an older program did, with scopes that are not offered
// any more.
func (c *Service) SignOld(ctx context.Context, v models.Consent) error {
	doc, err := chart.Encode(v.ID, v.PatientID, 0, chart.ConsentKeys(v), v)
	if err != nil {
		return err
	}
	return c.store.Insert(ctx, chart.ColConsents, doc)
}
