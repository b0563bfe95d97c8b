package care

import (
	"context"
	"errors"
	"slices"

	"handrail/models"
	"handrail/store"
)

// withdrawnFact names the note that every consent was gone through.
const withdrawnFact = "withdrawn-scopes-1"

// TakeOffWithdrawnScopes takes models.WithdrawnScopes off every consent that still
// holds and names one, and leaves a line by which the patient is told. It goes
// through all patients once in the life of a store. A consent that changes meanwhile
// is left to the next turn.
func (c *Care) TakeOffWithdrawnScopes(ctx context.Context) error {
	_, err := load[string](ctx, c.store, colFacts, withdrawnFact)
	if models.KindOf(err) != models.KindNotFound {
		return err // done before, or not to be told
	}
	var failed error
	err = through(ctx, c.store, colAccounts, store.Query{Index: "role", Equal: []any{string(models.RolePatient)}},
		func(a Versioned[models.Account]) (bool, error) {
			failed = errors.Join(failed, c.takeOffWithdrawn(ctx, a.Value.PatientID)) // one person's record does not stop the others
			return ctx.Err() != nil, ctx.Err()
		})
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	doc, err := encode(withdrawnFact, ownerSite, 0, nil, c.now().UTC().Format("2006-01-02"))
	if err != nil {
		return err
	}
	if err := c.store.Insert(ctx, colFacts, doc); !errors.Is(err, store.ErrExists) {
		return refusal(err)
	}
	return nil
}

func (c *Care) takeOffWithdrawn(ctx context.Context, patientID string) error {
	return through(ctx, c.store, colConsents, store.Query{Index: "patient", Equal: []any{patientID}},
		func(v Versioned[models.Consent]) (bool, error) {
			gone := slices.DeleteFunc(slices.Clone(v.Value.Scopes), func(s models.Scope) bool { return !slices.Contains(models.WithdrawnScopes, s) })
			if len(gone) == 0 || v.Value.Provision != models.Permit || !v.Value.Active(c.now()) {
				return false, nil
			}
			v.Value.Withdrawn = append(v.Value.Withdrawn, gone...)
			v.Value.Scopes = slices.DeleteFunc(v.Value.Scopes, func(s models.Scope) bool { return slices.Contains(gone, s) })
			doc, err := encode(v.Value.ID, patientID, v.Version, consentKeys(v.Value), v.Value)
			if err != nil {
				return false, err
			}
			l := c.auditLine(systemActor, "consent.narrowed")
			l.PatientID, l.Section, l.Ref, l.Changed = patientID, models.SectionConsents, v.Value.ID, true
			return false, c.commit(ctx, l, store.Replace(colConsents, doc))
		})
}
