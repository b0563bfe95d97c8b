package chart

import (
	"context"
	"slices"

	"handrail/models"
	"handrail/store"
)

// RestrictedFor is what a restriction of a chart means for an actor. Only people of the
// clinic are asked about. One that can't be read is an error, and opens nothing.
func (c *Base) RestrictedFor(ctx context.Context, actor models.Actor, patientID string) (models.Restricted, error) {
	if !actor.Role.Staff() {
		return models.NotRestricted, nil
	}
	r, err := c.Restriction(ctx, patientID)
	if err != nil {
		return "", err
	}
	return r.Value.For(actor.AccountID), nil
}

// Restriction reads that of a chart; the zero one where it never had any.
func (c *Base) Restriction(ctx context.Context, patientID string) (Versioned[models.Restriction], error) {
	r, err := Load[models.Restriction](ctx, c.Store, ColRestrictions, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return Versioned[models.Restriction]{}, nil
	}
	return r, err
}

// Restrictions are what the restrictions of all charts mean for one actor.
type Restrictions struct {
	read   bool
	closed map[string]models.Restricted
}

// Restrictions reads them in one query, however many charts there are. A chart whose
// restriction can't be read is closed.
func (c *Base) Restrictions(ctx context.Context, actor models.Actor) (Restrictions, error) {
	out := Restrictions{read: true, closed: map[string]models.Restricted{}}
	if !actor.Role.Staff() {
		return out, nil
	}
	found, bad, err := ReadableOnes[models.Restriction](ctx, c.Store, ColRestrictions, store.Query{Index: "on", Equal: []any{OwnerSite}}, 0)
	if err != nil {
		return Restrictions{}, err
	}
	for _, r := range found {
		out.closed[r.Value.PatientID] = r.Value.For(actor.AccountID)
	}
	for _, d := range bad {
		out.closed[d.ID] = models.RestrictedOut
	}
	return out, nil
}

// For is what it means for a chart; where nothing was read, all are closed.
func (r Restrictions) For(patientID string) models.Restricted {
	if word, closed := r.closed[patientID]; closed {
		return word
	}
	if !r.read {
		return ""
	}
	return models.NotRestricted
}

// Any tells whether any chart is closed to the actor.
func (r Restrictions) Any() bool {
	for id := range r.closed {
		if r.Shut(id) {
			return true
		}
	}
	return !r.read
}

// Shut tells whether a chart is closed to the actor.
func (r Restrictions) Shut(patientID string) bool {
	word := r.For(patientID)
	return patientID != "" && word != models.NotRestricted && word != models.RestrictedNamed
}

// RestrictionDoc is the document of a restriction.
func RestrictionDoc(r models.Restriction, version int64) (store.Doc, error) {
	keys := store.Keys{"site": OwnerSite, "since": Millis(r.Since)}
	if r.On() {
		keys["on"] = OwnerSite
	}
	return Encode(r.PatientID, OwnerSite, version, keys, r)
}

// HideAccount refuses an account of the office's lists whose chart is closed to the actor,
// as one that is not there: whoever may make a code for it can come in as its patient.
// Privacy officers keep such accounts.
func (c *Base) HideAccount(ctx context.Context, actor models.Actor, a models.Account) error {
	if a.PatientID == "" || a.ID == actor.AccountID || actor.AccountID == SystemActor.AccountID {
		return nil
	}
	word, err := c.RestrictedFor(ctx, actor, a.PatientID)
	if err != nil || word != models.RestrictedOut {
		return err
	}
	if is, err := c.PrivacyOfficer(ctx, actor); err != nil || is {
		return err
	}
	return models.NotFound()
}

// NotShut leaves of the people of a team those to whom the patient's chart is not closed.
func (c *Base) NotShut(ctx context.Context, patientID string, team []Versioned[models.Membership]) ([]Versioned[models.Membership], error) {
	r, err := c.Restriction(ctx, patientID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(team, func(m Versioned[models.Membership]) bool {
		return r.Value.For(m.Value.AccountID) == models.RestrictedOut
	}), nil
}

// PrivacyOfficer tells whether the actor has that duty.
func (c *Base) PrivacyOfficer(ctx context.Context, actor models.Actor) (bool, error) {
	if actor.Role != models.RoleAdministrator || actor.Outside || actor.App != nil {
		return false, nil
	}
	officers, err := c.PrivacyOfficers(ctx)
	return slices.Contains(officers, actor.AccountID), err
}

// PrivacyOfficers are the administrators with that duty; where none is named, all.
func (c *Base) PrivacyOfficers(ctx context.Context) ([]string, error) {
	var named, others []string
	found, _, err := ReadableOnes[models.Account](ctx, c.Store, ColAccounts,
		store.Query{Index: "role", Equal: []any{string(models.RoleAdministrator)}}, 0)
	for _, a := range found {
		switch {
		case a.Value.Status != models.AccountActive:
		case a.Value.PrivacyOfficer:
			named = append(named, a.Value.ID)
		default:
			others = append(others, a.Value.ID)
		}
	}
	if len(named) > 0 {
		return named, err
	}
	return others, err
}
