// Package handoffs keeps how the care of a patient goes into other hands: what was told,
// who said that they have it, and who is asked when nobody does (docs/team.md).
package handoffs

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/handoff"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of handoffs.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	tasks *tasks.Inside
}

// New makes them. The worker of tasks holds their clock.
func New(base *chart.Base, t *tasks.Inside) *Service {
	c := &Service{base: base, store: base.Store, now: base.Now, tasks: t}
	t.WhenLate(task.CodeHandoff, c.goUp)
	return c
}

// Part is the handoffs of a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
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

type kept = chart.Versioned[handoff.Handoff]

func handoffOp(v kept) (store.Op, error) {
	h := v.Value
	doc, err := chart.Encode(h.ID, h.PatientID, v.Version, store.Keys{"patientId": h.PatientID, "at": chart.Millis(h.GivenAt), "site": chart.OwnerSite}, h)
	if v.IsNew() {
		return store.Insert(chart.ColHandoffs, doc), err
	}
	return store.Replace(chart.ColHandoffs, doc), err
}

// goUp asks the next of the chain of alerts: who leads the team, who supervises, at last
// the fail-safe. When all were asked, the giver, who answers until somebody takes it, is
// reminded.
func (c *Service) goUp(ctx context.Context, t task.Task) (task.Task, []store.Op, error) {
	if t.Focus == nil {
		return t, nil, nil
	}
	v, err := chart.Load[handoff.Handoff](ctx, c.store, chart.ColHandoffs, t.Focus.ID)
	if models.KindOf(err) == models.KindNotFound || err == nil && v.Value.Status != handoff.Requested {
		return t, nil, nil
	}
	if err != nil {
		return t, nil, err
	}
	h := v.Value
	asked := []string{h.Giver.AccountID}
	for _, p := range h.Asked {
		asked = append(asked, p.AccountID)
	}
	to, ok, err := c.tasks.Above(ctx, models.SectionCarePlan, t, asked)
	if err != nil || !ok {
		return t, nil, err
	}
	now := c.now().UTC()
	system := task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}
	op, err := handoffOp(kept{Value: h.GoUp(system, to, now), Version: v.Version})
	if err != nil {
		return t, nil, err
	}
	e := c.base.AuditEvent(chart.SystemActor, "handoff.went-up")
	e.PatientID, e.Section, e.Basis, e.Ref, e.Whom = h.PatientID, models.SectionCarePlan, models.BasisTeam, h.ID, to.AccountID
	line, err := chart.AuditOp(e)
	return t.Again(system, to, now.Add(h.Within()), now), []store.Op{op, line}, err
}
