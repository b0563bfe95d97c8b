// Package disagreements keeps what a team does not agree on about a patient, until somebody
// has brought it to an end: positions, the patient's own wish, the outcome and what follows
// from it (docs/team.md).
package disagreements

import (
	"context"
	"time"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/disagreement"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of disagreements.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	tasks  *tasks.Inside
	alerts *alerts.Inside
}

// New makes them. The worker of tasks holds their clock.
func New(base *chart.Base, t *tasks.Inside, a *alerts.Inside) *Service {
	c := &Service{base: base, store: base.Store, now: base.Now, tasks: t, alerts: a}
	t.WhenLate(task.CodeDisagreement, c.goUp)
	return c
}

// Part is the disagreements of a patient's open chart. Do not keep it: a revocation holds
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

type kept = chart.Versioned[disagreement.Case]

func caseOp(v kept) (store.Op, error) {
	c := v.Value
	doc, err := chart.Encode(c.ID, c.PatientID, v.Version, store.Keys{"patientId": c.PatientID, "at": chart.Millis(c.RaisedAt)}, c)
	if v.IsNew() {
		return store.Insert(chart.ColDisagreements, doc), err
	}
	return store.Replace(chart.ColDisagreements, doc), err
}

// askedFor is how long each has who is asked after the time went by.
const askedFor = 24 * time.Hour

// goUp asks who leads the team, then on by the chain of alerts, once the time has gone by.
// Before that, and when all were asked, who has it is reminded.
func (c *Service) goUp(ctx context.Context, t task.Task) (task.Task, []store.Op, error) {
	now := c.now().UTC()
	if t.Focus == nil || now.Before(t.DueAt) {
		return t, nil, nil
	}
	v, err := chart.Load[disagreement.Case](ctx, c.store, chart.ColDisagreements, t.Focus.ID)
	if models.KindOf(err) == models.KindNotFound || err == nil && v.Value.Status != disagreement.Open {
		return t, nil, nil
	}
	if err != nil {
		return t, nil, err
	}
	asked := []string{t.Owner.AccountID}
	for _, p := range v.Value.WentTo {
		asked = append(asked, p.AccountID)
	}
	to, ok, err := c.tasks.Above(ctx, models.SectionCarePlan, t, asked)
	if err != nil || !ok {
		return t, nil, err
	}
	system := task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}
	op, err := caseOp(kept{Value: v.Value.GoUp(to), Version: v.Version})
	if err != nil {
		return t, nil, err
	}
	e := c.base.AuditEvent(chart.SystemActor, "disagreement.went-up")
	e.PatientID, e.Section, e.Basis, e.Ref, e.Whom = v.Value.PatientID, models.SectionCarePlan, models.BasisTeam, v.Value.ID, to.AccountID
	line, err := chart.AuditOp(e)
	return t.Again(system, to, now.Add(askedFor), now), []store.Op{op, line}, err
}
