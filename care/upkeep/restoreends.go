package upkeep

import (
	"context"
	"slices"
	"time"

	"handrail/care/apps"
	"handrail/care/crisis"
	"handrail/care/families"
	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// EndsOf reads every end that a store knows: of the one that a restore replaces. A
// suspended account has no time of its own; it is so now.
func EndsOf(ctx context.Context, s store.Store, now time.Time) ([]chart.Ended, error) {
	var out []chart.Ended
	err := each(ctx, s, chart.ColSessions, func(v models.Session) {
		if v.EndedAt != nil {
			out = append(out, chart.Ended{Kind: chart.EndedSession, ID: v.ID, Why: v.EndedWhy, At: *v.EndedAt})
		}
	})
	if err == nil {
		err = each(ctx, s, chart.ColConsents, func(v models.Consent) {
			if v.RevokedAt != nil {
				out = append(out, chart.Ended{Kind: chart.EndedConsent, ID: v.ID, By: v.RevokedBy, At: *v.RevokedAt})
			}
		})
	}
	if err == nil {
		err = each(ctx, s, chart.ColAccounts, func(v models.Account) {
			if v.Status == models.AccountSuspended {
				out = append(out, chart.Ended{Kind: chart.EndedAccount, ID: v.ID, At: now})
			}
		})
	}
	if err == nil {
		err = crisis.GonePeople(ctx, s, func(patientID string, at time.Time) {
			out = append(out, chart.Ended{Kind: chart.EndedPerson, ID: patientID, At: at})
		})
	}
	if err == nil {
		err = apps.EndedGrants(ctx, s, func(id string, at time.Time) {
			out = append(out, chart.Ended{Kind: chart.EndedGrant, ID: id, At: at})
		})
	}
	if err == nil {
		err = families.Erasures(ctx, s, func(id string, at time.Time) {
			out = append(out, chart.Ended{Kind: chart.EndedOwn, ID: id, At: at})
		})
	}
	return out, err
}

// each reads all of a collection.
func each[T any](ctx context.Context, s store.Store, collection string, do func(T)) error {
	q := store.Query{Index: store.IDIndex, Limit: 500}
	for {
		page, err := chart.List[T](ctx, s, collection, q)
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
func (c *Service) Undone(ctx context.Context, ends []chart.Ended) ([]chart.Ended, error) {
	var out []chart.Ended
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
func lastOfEach(ends []chart.Ended) []chart.Ended {
	type thing struct{ kind, id string }
	last := map[thing]chart.Ended{}
	for _, e := range ends {
		t := thing{e.Kind, e.ID}
		was, known := last[t]
		if _, wipes := models.WipesDevice(was.Why); known && (wipes || e.At.Before(was.At)) {
			continue
		}
		last[t] = e
	}
	out := make([]chart.Ended, 0, len(last))
	for _, e := range last {
		if !e.Again {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b chart.Ended) int { return a.At.Compare(b.At) })
	return out
}

func (c *Service) stillOpen(ctx context.Context, e chart.Ended) (open bool, err error) {
	switch e.Kind {
	case chart.EndedSession:
		var v chart.Versioned[models.Session]
		v, err = chart.Load[models.Session](ctx, c.store, chart.ColSessions, e.ID)
		open = signin.EndsMore(v.Value, e.Why)
	case chart.EndedConsent:
		var v chart.Versioned[models.Consent]
		v, err = chart.Load[models.Consent](ctx, c.store, chart.ColConsents, e.ID)
		open = v.Value.RevokedAt == nil
	case chart.EndedOpen:
		var v chart.Versioned[models.Restriction]
		v, err = c.base.Restriction(ctx, e.ID)
		open = v.Value.ChangedAt.Before(e.At.Truncate(time.Millisecond))
	case chart.EndedAccount:
		var v chart.Versioned[models.Account]
		v, err = chart.Load[models.Account](ctx, c.store, chart.ColAccounts, e.ID)
		open = v.Value.Status == models.AccountActive
	case chart.EndedWay:
		open, err = c.signin.WayStands(ctx, e.ID, e.At)
	case chart.EndedTie:
		open, err = c.elsewhere.Stands(ctx, e)
	case chart.EndedApp, chart.EndedGrant:
		open, err = c.apps.Stands(ctx, e)
	case chart.EndedOwn:
		open, err = c.family.ErasureStands(ctx, e.ID)
	case chart.EndedPerson:
		_, err = chart.Load[models.Patient](ctx, c.store, chart.ColPatients, e.ID)
		open = true
	}
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return open && err == nil, err
}

// EndAgain ends what was ended after the backup that this store comes from. The erasure
// of a patient's record is not done again: a restore may be there to undo it, so that the
// operator decides; see ErasePatient. What somebody of family or friends erased of their
// own is: it was nobody's else to keep.
func (c *Service) EndAgain(ctx context.Context, e chart.Ended) error {
	switch e.Kind {
	case chart.EndedSession:
		return c.signin.EndSession(ctx, chart.SystemActor, e.ID, e.Why)
	case chart.EndedConsent:
		return c.revokeAgain(ctx, e)
	case chart.EndedOpen:
		return c.people.RestrictAgain(ctx, e.ID, e.At)
	case chart.EndedAccount:
		office := chart.SystemActor
		office.Role = models.RoleAdministrator
		_, err := c.people.Suspend(ctx, office, chart.AnyVersion, e.ID, true)
		return err
	case chart.EndedWay:
		return c.signin.EndWay(ctx, e.ID, e.At)
	case chart.EndedTie:
		return c.elsewhere.EndAgain(ctx, e)
	case chart.EndedApp, chart.EndedGrant:
		return c.apps.EndAgain(ctx, e)
	case chart.EndedOwn:
		return c.family.EraseAgain(ctx, e.ID)
	}
	return nil
}

func (c *Service) revokeAgain(ctx context.Context, e chart.Ended) error {
	v, err := chart.Load[models.Consent](ctx, c.store, chart.ColConsents, e.ID)
	if err != nil || v.Value.RevokedAt != nil {
		return err
	}
	v.Value.RevokedAt, v.Value.RevokedBy = &e.At, e.By
	doc, err := chart.Encode(e.ID, v.Value.PatientID, v.Version, chart.ConsentKeys(v.Value), v.Value)
	if err != nil {
		return err
	}
	l := c.base.AuditEvent(chart.SystemActor, "consent.revoked")
	l.PatientID, l.Section, l.Ref, l.Rule, l.Changed = v.Value.PatientID, models.SectionConsents, e.ID, "after-restore", true
	return c.base.Commit(ctx, l, store.Replace(chart.ColConsents, doc))
}
