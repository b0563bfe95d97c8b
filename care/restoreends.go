package care

import (
	"context"
	"handrail/models"
	"handrail/store"
	"slices"
	"time"
)

// EndsOf reads every end that a store knows: of the one that a restore replaces. A
// suspended account has no time of its own; it is so now.
func EndsOf(ctx context.Context, s store.Store, now time.Time) ([]Ended, error) {
	var out []Ended
	err := each(ctx, s, colSessions, func(v models.Session) {
		if v.EndedAt != nil {
			out = append(out, Ended{Kind: EndedSession, ID: v.ID, Why: v.EndedWhy, At: *v.EndedAt})
		}
	})
	if err == nil {
		err = each(ctx, s, colConsents, func(v models.Consent) {
			if v.RevokedAt != nil {
				out = append(out, Ended{Kind: EndedConsent, ID: v.ID, By: v.RevokedBy, At: *v.RevokedAt})
			}
		})
	}
	if err == nil {
		err = each(ctx, s, colAccounts, func(v models.Account) {
			if v.Status == models.AccountSuspended {
				out = append(out, Ended{Kind: EndedAccount, ID: v.ID, At: now})
			}
		})
	}
	if err == nil {
		err = GonePeople(ctx, s, func(patientID string, at time.Time) {
			out = append(out, Ended{Kind: EndedPerson, ID: patientID, At: at})
		})
	}
	return out, err
}

// each reads all of a collection.
func each[T any](ctx context.Context, s store.Store, collection string, do func(T)) error {
	q := store.Query{Index: store.IDIndex, Limit: 500}
	for {
		page, err := list[T](ctx, s, collection, q)
		if err != nil {
			return err
		}
		for _, v := range page.Items {
			do(v.Value)
		}
		if page.Next == "" {
			return nil
		}
		q.Cursor = page.Next
	}
}

// Undone tells which ends this store does not know, each thing once, in the order of
// time. What began after the backup is not in it: it can't go on either.
func (c *Care) Undone(ctx context.Context, ends []Ended) ([]Ended, error) {
	var out []Ended
	for _, e := range lastOfEach(ends) {
		open, err := c.stillOpen(ctx, e)
		if err != nil {
			return nil, err
		}
		if open {
			out = append(out, e)
		}
	}
	return out, nil
}

// lastOfEach keeps the last that was said of each thing; of a session the word that
// wipes its device.
func lastOfEach(ends []Ended) []Ended {
	type thing struct{ kind, id string }
	last := map[thing]Ended{}
	for _, e := range ends {
		t := thing{e.Kind, e.ID}
		was, known := last[t]
		if _, wipes := models.WipesDevice(was.Why); known && (wipes || e.At.Before(was.At)) {
			continue
		}
		last[t] = e
	}
	out := make([]Ended, 0, len(last))
	for _, e := range last {
		if !e.Again {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Ended) int { return a.At.Compare(b.At) })
	return out
}

func (c *Care) stillOpen(ctx context.Context, e Ended) (open bool, err error) {
	switch e.Kind {
	case EndedSession:
		var v Versioned[models.Session]
		v, err = load[models.Session](ctx, c.store, colSessions, e.ID)
		open = endsMore(v.Value, e.Why)
	case EndedConsent:
		var v Versioned[models.Consent]
		v, err = load[models.Consent](ctx, c.store, colConsents, e.ID)
		open = v.Value.RevokedAt == nil
	case EndedAccount:
		var v Versioned[models.Account]
		v, err = load[models.Account](ctx, c.store, colAccounts, e.ID)
		open = v.Value.Status == models.AccountActive
	case EndedPerson:
		_, err = load[models.Patient](ctx, c.store, colPatients, e.ID)
		open = true
	}
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return open && err == nil, err
}

// EndAgain ends what was ended after the backup that this store comes from. An
// erasure is not done again: a restore may be there to undo it, so that the operator
// decides; see ErasePatient.
func (c *Care) EndAgain(ctx context.Context, e Ended) error {
	switch e.Kind {
	case EndedSession:
		return c.endSession(ctx, systemActor, e.ID, e.Why)
	case EndedConsent:
		return c.revokeAgain(ctx, e)
	case EndedAccount:
		office := systemActor
		office.Role = models.RoleAdministrator
		_, err := c.Suspend(ctx, office, AnyVersion, e.ID, true)
		return err
	}
	return nil
}

func (c *Care) revokeAgain(ctx context.Context, e Ended) error {
	v, err := load[models.Consent](ctx, c.store, colConsents, e.ID)
	if err != nil || v.Value.RevokedAt != nil {
		return err
	}
	v.Value.RevokedAt, v.Value.RevokedBy = &e.At, e.By
	doc, err := encode(e.ID, v.Value.PatientID, v.Version, consentKeys(v.Value), v.Value)
	if err != nil {
		return err
	}
	l := c.auditLine(systemActor, "consent.revoked")
	l.PatientID, l.Section, l.Ref, l.Rule, l.Changed = v.Value.PatientID, models.SectionConsents, e.ID, "after-restore", true
	return c.commit(ctx, l, store.Replace(colConsents, doc))
}
