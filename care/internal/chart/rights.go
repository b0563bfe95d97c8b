package chart

import (
	"context"
	"slices"

	"handrail/models"
	"handrail/store"
)

// Rights are an actor's to the charts of a list, read in two queries and one more for each
// list of patients, however many patients the actor has. What an open emergency adds is left
// out. Of a patient who was not named to Know, nothing may be read.
type Rights struct {
	base     *Base
	Actor    models.Actor
	places   map[string]*models.Membership // by patient; nil: none
	consents map[string][]models.Consent
	unread   map[string]bool // patients of whom a consent can't be read
	shut     Restrictions
}

// RightsOf reads what decides beside the teams.
func (c *Base) RightsOf(ctx context.Context, actor models.Actor) (Rights, error) {
	r := Rights{c, actor, map[string]*models.Membership{}, map[string][]models.Consent{}, map[string]bool{}, Restrictions{}}
	var err error
	if r.shut, err = c.Restrictions(ctx, actor); err != nil {
		return r, err
	}
	consents, bad, err := ReadableOnes[models.Consent](ctx, c.Store, ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}}, 0)
	for _, v := range consents {
		if v.Value.Active(c.Now()) {
			r.consents[v.Value.PatientID] = append(r.consents[v.Value.PatientID], v.Value)
		}
	}
	for _, d := range bad { // it may be this patient's "no" to the actor
		r.unread[d.Owner] = true
	}
	return r, err
}

// Know reads the actor's places in the teams of patients. Those that are known already, and
// "", cost nothing.
func (r Rights) Know(ctx context.Context, patients ...string) error {
	var ids []string
	for _, id := range patients {
		if _, known := r.places[id]; !known && id != "" {
			r.places[id] = nil
			ids = append(ids, MembershipID(id, r.Actor.AccountID))
		}
	}
	for part := range slices.Chunk(ids, store.MaxLimit) {
		docs, err := r.base.Store.GetMany(ctx, ColMemberships, part)
		if err != nil {
			return Refusal(err)
		}
		for _, d := range docs {
			if m, err := Readable[models.Membership](d); err == nil {
				r.places[m.Value.PatientID] = &m.Value
			}
		}
	}
	return nil
}

// KnowAll reads the actor's places in all teams.
func (r Rights) KnowAll(ctx context.Context) error {
	teams, _, err := ReadableOnes[models.Membership](ctx, r.base.Store, ColMemberships, store.Query{Index: "account", Equal: []any{r.Actor.AccountID}}, 0)
	for _, m := range teams {
		r.places[m.Value.PatientID] = &m.Value
	}
	return err
}

// Decide decides about reading a section of a chart, and writes nothing down.
func (r Rights) Decide(patientID string, s models.Section) models.Decision {
	f := models.AccessFacts{Restricted: r.shut.For(patientID)}
	if !r.unread[patientID] {
		f.Membership, f.Consents = r.places[patientID], r.consents[patientID]
	}
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

// Leads lists the patients whose team the actor leads now, of those that are known.
func (r Rights) Leads() map[string]bool {
	out := map[string]bool{}
	for id, m := range r.places {
		if m != nil && !r.unread[id] && m.Lead && m.Active(r.base.Now()) && r.shut.For(id) != models.RestrictedOut {
			out[id] = true
		}
	}
	return out
}
