// Package careplan keeps the one plan that a patient and their team share, each of its
// versions, and what follows from it: a task for who leads each thing (docs/plan.md).
package careplan

import (
	"context"
	"strconv"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/store"
)

// Service is the use cases of care plans.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	tasks *tasks.Inside
	queue chart.Queue // of the writers of one plan
}

// New makes them.
func New(base *chart.Base, t *tasks.Inside) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, tasks: t}
}

// Part is the care plan of a patient's open chart. Do not keep it: a revocation holds
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

type kept = chart.Versioned[careplan.Plan]

// load reads the plan; one that was never written is the empty one.
func (c *Service) load(ctx context.Context, patientID string) (kept, error) {
	v, err := chart.Load[careplan.Plan](ctx, c.store, chart.ColCarePlans, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return kept{Value: careplan.New(patientID)}, nil
	}
	return v, err
}

// planOp writes a plan over the state that was read.
func planOp(v kept) (store.Op, error) {
	doc, err := chart.Encode(v.Value.PatientID, v.Value.PatientID, v.Version, nil, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColCarePlans, doc), err
	}
	return store.Replace(chart.ColCarePlans, doc), err
}

func changeOp(c careplan.Change) (store.Op, error) {
	doc, err := chart.Encode(c.PatientID+":"+strconv.FormatInt(c.Version, 10), c.PatientID, 0,
		store.Keys{"patientId": c.PatientID, "number": c.Version}, c)
	return store.Insert(chart.ColCarePlanChanges, doc), err
}

// mutate changes the plan until nobody came between. edit gives the plan as it should be
// and what is written with it; the same plan is nothing written.
func (ch *Part) mutate(ctx context.Context, d models.Decision, action string, edit func(careplan.Plan) (careplan.Plan, []store.Op, error)) (careplan.Plan, error) {
	done, err := ch.care.queue.Take(ctx, ch.patient)
	if err != nil {
		return careplan.Plan{}, err
	}
	defer done()
	for tries := range mostTries {
		v, err := ch.care.load(ctx, ch.patient)
		if err != nil {
			return v.Value, err
		}
		next, ops, err := edit(v.Value)
		if err != nil || chart.SameJSON(next, v.Value) {
			return next, err
		}
		op, err := planOp(kept{Value: next, Version: v.Version})
		if err != nil {
			return next, err
		}
		err = ch.chart.Commit(ctx, d, action, ch.patient, append(ops, op)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil && tries < mostTries-1 {
			continue // somebody else was faster, at the plan or at a task of it
		}
		return next, err
	}
	panic("careplan: the last try returns")
}

// mostTries bounds how often a change is made anew: more writers at once than this are
// none that know what they do.
const mostTries = 200

// dueAt is noon of a day where the patient is.
func dueAt(day string, where *time.Location) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{} // checked before
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, where).UTC()
}
