package people

import (
	"context"
	"errors"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// withdrawnFact names the note that every consent was gone through.
const withdrawnFact = "withdrawn-scopes-1"

// TakeOffWithdrawnScopes takes models.WithdrawnScopes off every consent that still
// holds and names one, and leaves a line by which the patient is told. It goes
// through all patients once in the life of a store. A consent that changes meanwhile
// is left to the next turn.
func (c *Service) TakeOffWithdrawnScopes(ctx context.Context) error {
	_, err := chart.Load[string](ctx, c.store, chart.ColFacts, withdrawnFact)
	if models.KindOf(err) != models.KindNotFound {
		return err // done before, or not to be told
	}
	var failed error
	err = chart.Through(ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RolePatient)}},
		func(a chart.Versioned[models.Account]) (bool, error) {
			failed = errors.Join(failed, c.takeOffWithdrawn(ctx, a.Value.PatientID)) // one person's record does not stop the others
			return ctx.Err() != nil, ctx.Err()
		})
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	doc, err := chart.Encode(withdrawnFact, chart.OwnerSite, 0, nil, c.now().UTC().Format("2006-01-02"))
	if err != nil {
		return err
	}
	if err := c.store.Insert(ctx, chart.ColFacts, doc); !errors.Is(err, store.ErrExists) {
		return chart.Refusal(err)
	}
	return nil
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
