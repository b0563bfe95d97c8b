package people

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// TakeOffWithdrawnScopes takes models.WithdrawnScopes off every consent that still
// holds and names one, and leaves a line by which the patient is told. It goes
// through all patients once in the life of a store. A consent that changes meanwhile
// is left to the next turn.
func (c *Service) TakeOffWithdrawnScopes(ctx context.Context) error {
	return c.withdrawn.through(ctx, c, c.takeOffWithdrawn)
}

func (c *Service) takeOffWithdrawn(ctx context.Context, patientID string) error {
	return chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "patient", Equal: []any{patientID}},
		func(v chart.Versioned[models.Consent]) (bool, error) {
			gone := slices.DeleteFunc(slices.Clone(v.Value.Scopes), func(s models.Scope) bool { return !slices.Contains(models.WithdrawnScopes, s) })
			if len(gone) == 0 || v.Value.Provision != models.Permit || !v.Value.Active(c.now()) {
				return false, nil
			}
			v.Value.Withdrawn = append(v.Value.Withdrawn, gone...)
			v.Value.Scopes = slices.DeleteFunc(v.Value.Scopes, func(s models.Scope) bool { return slices.Contains(gone, s) })
			doc, err := chart.Encode(v.Value.ID, patientID, v.Version, chart.ConsentKeys(v.Value), v.Value)
			if err != nil {
				return false, err
			}
			e := c.base.AuditEvent(chart.SystemActor, "consent.narrowed")
			e.PatientID, e.Section, e.Ref, e.Changed = patientID, models.SectionConsents, v.Value.ID, true
			return false, c.base.Commit(ctx, e, store.Replace(chart.ColConsents, doc))
		})
}
