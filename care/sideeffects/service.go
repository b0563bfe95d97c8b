// Package sideeffects takes what patients tell of side effects to who answers for it: a
// task for a named owner, an alert where it is serious, and a report for the authority.
package sideeffects

import (
	"context"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/care/medicines"
	"handrail/care/prescribing"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/sideeffect"
	"handrail/store"
)

// Service is the use cases of side effects.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	alerts *alerts.Inside
	tasks  *tasks.Inside
	list   *medicines.Inside
	agreed *prescribing.Service
	stepUp func(context.Context, models.Actor) error
}

// New makes them. stepUp refuses who has not shown a factor of late.
func New(base *chart.Base, a *alerts.Inside, t *tasks.Inside, list *medicines.Inside, agreed *prescribing.Service, stepUp func(context.Context, models.Actor) error) *Service {
	return &Service{base, base.Store, base.Now, a, t, list, agreed, stepUp}
}

// Part is the side effects of a patient's open chart. Do not keep it: a revocation holds
// from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

type kept = chart.Versioned[sideeffect.Report]

func reportOp(v kept) (store.Op, error) {
	r := v.Value
	doc, err := chart.Encode(r.ID, r.PatientID, v.Version, store.Keys{"patientId": r.PatientID, "at": chart.Millis(r.At)}, r)
	if v.IsNew() {
		return store.Insert(chart.ColSideEffects, doc), err
	}
	return store.Replace(chart.ColSideEffects, doc), err
}

// section is the part of the chart that a report is of.
func section(useRelated bool) models.Section {
	if useRelated {
		return models.SectionUseMedicines
	}
	return models.SectionMedicines
}

func (ch *Part) sees(useRelated bool) bool {
	d := ch.chart.Decide(section(useRelated), models.Read)
	return d.Allowed && d.Whole
}

// medicine is the line that a report names: one of this patient's that the actor may see.
// Errors: KindInvalid with the field.
func (ch *Part) medicine(ctx context.Context, id string) (medicine.Medicine, error) {
	if id == "" {
		return medicine.Medicine{}, nil
	}
	m, err := ch.care.list.Line(ctx, ch.patient, id)
	if models.KindOf(err) != models.KindNotFound && err != nil {
		return m, err
	}
	if err != nil || !ch.sees(m.UseRelated) || m.Status == medicine.Mistake {
		var c models.Checks
		c.Fail("medicineId", "not-on-list", "This is not on the list. Add it first, or say that you don't know which one it is.")
		return medicine.Medicine{}, c.Err()
	}
	return m, nil
}
