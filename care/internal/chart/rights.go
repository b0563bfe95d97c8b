package chart

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// Rights are an actor's to all charts, read in three queries however many patients there
// are, for lists of what waits. What an open emergency adds is left out.
type Rights struct {
	base  *Base
	Actor models.Actor
	facts map[string]*models.AccessFacts
	shut  Restrictions
}

// RightsOf reads them.
func (c *Base) RightsOf(ctx context.Context, actor models.Actor) (Rights, error) {
	r := Rights{c, actor, map[string]*models.AccessFacts{}, Restrictions{}}
	of := func(patientID string) *models.AccessFacts {
		if r.facts[patientID] == nil {
			r.facts[patientID] = &models.AccessFacts{}
		}
		return r.facts[patientID]
	}
	var err error
	if r.shut, err = c.Restrictions(ctx, actor); err != nil {
		return r, err
	}
	teams, _, err := ReadableOnes[models.Membership](ctx, c.Store, ColMemberships, store.Query{Index: "account", Equal: []any{actor.AccountID}}, 0)
	if err != nil {
		return r, err
	}
	for _, m := range teams {
		of(m.Value.PatientID).Membership = &m.Value
	}
	consents, bad, err := ReadableOnes[models.Consent](ctx, c.Store, ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}}, 0)
	for _, v := range consents {
		if v.Value.Active(c.Now()) {
			f := of(v.Value.PatientID)
			f.Consents = append(f.Consents, v.Value)
		}
	}
	for _, d := range bad { // it may be this patient's "no" to the actor
		r.facts[d.Owner] = nil
	}
	return r, err
}

// Decide decides about reading a section of a chart, and writes nothing down.
func (r Rights) Decide(patientID string, s models.Section) models.Decision {
	f := models.AccessFacts{}
	if known := r.facts[patientID]; known != nil {
		f = *known
	}
	f.Restricted = r.shut.For(patientID)
	return models.Decide(models.AccessQuestion{Actor: r.Actor, PatientID: patientID, Section: s, Verb: models.Read,
		Purpose: models.PurposeOf(r.Actor.Role), At: r.base.Now()}, f)
}

// Shut tells whether a chart is closed to the actor by its restriction.
func (r Rights) Shut(patientID string) bool { return r.shut.Shut(patientID) }

// Whole tells whether somebody of the clinic may read a section of a chart, all of it.
func (r Rights) Whole(patientID string, s models.Section) bool {
	d := r.Decide(patientID, s)
	return d.Allowed && d.Whole && r.Actor.Role.Staff()
}

// Leads lists the patients whose team the actor leads now.
func (r Rights) Leads() map[string]bool {
	out := map[string]bool{}
	for id, f := range r.facts {
		if f != nil && f.Membership != nil && f.Membership.Lead && f.Membership.Active(r.base.Now()) && r.shut.For(id) != models.RestrictedOut {
			out[id] = true
		}
	}
	return out
}
