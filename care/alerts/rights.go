package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// rights are an actor's to all charts, read in two queries however many patients there
// are. What an open emergency adds is left out: it opens no check-ins.
type rights struct {
	care  *Service
	actor models.Actor
	facts map[string]*models.AccessFacts
}

func (c *Service) rights(ctx context.Context, actor models.Actor) (rights, error) {
	r := rights{c, actor, map[string]*models.AccessFacts{}}
	of := func(patientID string) *models.AccessFacts {
		if r.facts[patientID] == nil {
			r.facts[patientID] = &models.AccessFacts{}
		}
		return r.facts[patientID]
	}
	teams, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "account", Equal: []any{actor.AccountID}}, 0)
	if err != nil {
		return r, err
	}
	for _, m := range teams {
		of(m.Value.PatientID).Membership = &m.Value
	}
	consents, bad, err := chart.ReadableOnes[models.Consent](ctx, c.store, chart.ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}}, 0)
	for _, v := range consents {
		if v.Value.Active(c.now()) {
			f := of(v.Value.PatientID)
			f.Consents = append(f.Consents, v.Value)
		}
	}
	for _, d := range bad { // it may be this patient's "no" to the actor
		r.facts[d.Owner] = nil
	}
	return r, err
}

func (r rights) decide(patientID string, s models.Section) models.Decision {
	f := models.AccessFacts{}
	if known := r.facts[patientID]; known != nil {
		f = *known
	}
	return models.Decide(models.AccessQuestion{Actor: r.actor, PatientID: patientID, Section: s, Verb: models.Read,
		Purpose: models.PurposeOf(r.actor.Role), At: r.care.now()}, f)
}

// sees tells whether the actor may read a patient's check-ins whole.
func (r rights) sees(patientID string) bool {
	d := r.decide(patientID, models.SectionCheckIns)
	return d.Allowed && d.Whole && r.actor.Role.Staff()
}

func (r rights) view(a risk.Alert) View {
	return viewOf(a, r.actor, r.sees(a.PatientID), r.decide(a.PatientID, models.SectionProfile).Allowed)
}
