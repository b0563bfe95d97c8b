// Package promises keeps what a patient signed that a person of their circle gets: a call
// for help when the patient may be in danger, and reminders of the times of medicines.
// A call for help is never the only step: those who answer for an alert are called as
// always, and a call changes nothing of the alert.
package promises

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// Service is the use cases of promises.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	alerts Alerts
}

// Alerts is what this part asks of the alerts.
type Alerts interface {
	// Answering gives an alert to somebody who answers for it, or refuses.
	Answering(ctx context.Context, actor models.Actor, id string) (risk.Alert, error)
	// Stored gives an alert to a worker.
	Stored(ctx context.Context, id string) (risk.Alert, error)
}

// New makes them.
func New(base *chart.Base, alerts Alerts) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, alerts: alerts}
}

// promised asks for the consent anew: what was signed an hour ago may be taken back.
func (c *Service) promised(ctx context.Context, patientID, accountID string, s models.Scope) (models.Consent, bool, error) {
	consents, err := c.base.ConsentsBetween(ctx, patientID, accountID)
	if err != nil {
		return models.Consent{}, false, err
	}
	related, err := c.base.IsRelated(ctx, patientID, accountID)
	if err != nil || !related {
		return models.Consent{}, false, err
	}
	return c.promisedIn(ctx, consents, accountID, s)
}

// promisedIn is promised for somebody of the patient's circle, by what the patient signed
// about them.
func (c *Service) promisedIn(ctx context.Context, consents []models.Consent, accountID string, s models.Scope) (models.Consent, bool, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && (a.Value.Role != models.RoleSupporter || a.Value.Status != models.AccountActive) {
		return models.Consent{}, false, nil
	}
	v, ok := models.Promised(consents, accountID, s, c.now())
	return v, ok, err
}

// Stands tells a worker, at the moment of sending, whether a promise of reminders holds.
func (c *Service) Stands(ctx context.Context, patientID, accountID string, s models.Scope) (bool, error) {
	_, ok, err := c.promised(ctx, patientID, accountID, s)
	if err != nil || !ok {
		return false, err
	}
	still, err := c.Still(ctx, patientID)
	return !still.Reminders, err
}

// Still is what family and friends of a patient are not told by the program: a state that
// the team recorded is theirs to hear from a person (decision 0195).
type Still struct {
	Reminders bool // of medicines and visits: the patient is in hospital, in jail, away, or died
	All       bool // anything: the patient died
}

// Still reads it, for workers.
func (c *Service) Still(ctx context.Context, patientID string) (Still, error) {
	v, err := chart.Load[risk.ContactState](ctx, c.store, chart.ColContactStates, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return Still{}, nil
	}
	if err != nil {
		return Still{}, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return Still{}, err
	}
	q := risk.QuietAt(v.Value, risk.Pause{}, c.base.Location(patientID, p.Value.Zone), c.now())
	return Still{Reminders: q.All, All: v.Value.State == risk.Died}, nil
}

// died tells whether the team recorded that the patient died.
func (c *Service) died(ctx context.Context, patientID string) (bool, error) {
	still, err := c.Still(ctx, patientID)
	return still.All, err
}

// Reminded is a patient of whose medicines a supporter hears.
type Reminded struct {
	PatientID string
	Terms     models.MedicineReminders
}

// RemindedOf lists the patients of whose medicines a supporter hears, for workers.
func (c *Service) RemindedOf(ctx context.Context, accountID string) ([]Reminded, error) {
	found, _, err := chart.ReadableOnes[models.Consent](ctx, c.store, chart.ColConsents, store.Query{Index: "recipient", Equal: []any{accountID}}, 0)
	if err != nil {
		return nil, err
	}
	var out []Reminded
	seen := map[string]bool{}
	for _, v := range found {
		if seen[v.Value.PatientID] || !v.Value.Active(c.now()) {
			continue
		}
		seen[v.Value.PatientID] = true
		consent, ok, err := c.promised(ctx, v.Value.PatientID, accountID, models.ScopeMedicineReminders)
		if err != nil {
			return nil, err
		}
		if !ok || consent.MedicineReminders == nil {
			continue
		}
		still, err := c.Still(ctx, v.Value.PatientID)
		if err != nil {
			return nil, err
		}
		if !still.Reminders {
			out = append(out, Reminded{v.Value.PatientID, *consent.MedicineReminders})
		}
	}
	return out, nil
}
