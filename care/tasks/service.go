// Package tasks keeps what people of the clinic must do: each open task has one owner
// who answers for it and an instant at which somebody is reminded. A task opens no
// chart: what it says of a patient, only those read whom the chart lets.
package tasks

import (
	"context"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of tasks.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	aside  *aside.Book
	alerts *alerts.Inside
	visits *visits.Inside
	goUp   map[string]GoesUp // by code
}

// New makes them, and joins them to the worklist.
func New(base *chart.Base, a *alerts.Inside, v *visits.Inside) (*Service, *Inside) {
	c := &Service{base, base.Store, base.Now, base.Aside, a, v, map[string]GoesUp{}}
	a.With(c)
	return c, &Inside{c}
}

func personOf(a models.Actor) task.Person { return task.Person{AccountID: a.AccountID, Name: a.Name} }

// holds tells whether somebody can answer for a task: they work here, and the chart of
// its patient lets them read what it is about. who is their name as it is now.
func (c *Service) holds(ctx context.Context, accountID string, t task.Task) (who task.Person, ok bool, err error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if k := models.KindOf(err); k == models.KindNotFound || err != nil && !aside.Stops(err) {
		return who, false, nil
	}
	if err != nil {
		return who, false, err
	}
	who = task.Person{AccountID: accountID, Name: a.Value.Name}
	if a.Value.Status != models.AccountActive || !a.Value.Role.Staff() || t.PatientID == "" {
		return who, a.Value.Status == models.AccountActive && a.Value.Role.Staff(), nil
	}
	actor := models.Actor{AccountID: accountID, Name: a.Value.Name, Role: a.Value.Role, Discipline: a.Value.Discipline}
	ch, err := c.base.ChartFor(ctx, actor, t.PatientID, models.PurposeOf(actor.Role))
	if err != nil && !aside.Stops(err) { // what can't be read may be a "no" to them
		return who, false, nil
	}
	if err != nil {
		return who, false, err
	}
	d := ch.Decide(t.Section(), models.Read)
	return who, d.Allowed && d.Whole, nil
}

// answers is holds, or being the fail-safe, who need not see what it is about.
func (c *Service) answers(ctx context.Context, accountID string, t task.Task) (bool, error) {
	if _, ok, err := c.holds(ctx, accountID, t); ok || err != nil {
		return ok, err
	}
	last, err := c.alerts.Chain(ctx, t.PatientID)
	return last.FailSafe.AccountID == accountID, err
}

// next is who answers for a task when its owner can't: of a patient's, who leads the
// team, else who has been on it longest; of another, who asked for it. At last the
// fail-safe.
func (c *Service) next(ctx context.Context, t task.Task) (task.Person, error) {
	if t.PatientID == "" && t.Requester.AccountID != t.Owner.AccountID {
		if who, ok, err := c.holds(ctx, t.Requester.AccountID, t); ok || err != nil {
			return who, err
		}
	}
	chain, err := c.alerts.Chain(ctx, t.PatientID)
	if err != nil {
		return task.Person{}, err
	}
	for _, p := range chain.Team {
		if who, ok, err := c.holds(ctx, p.AccountID, t); ok || err != nil {
			return who, err
		}
	}
	return task.Person{AccountID: chain.FailSafe.AccountID, Name: chain.FailSafe.Name}, nil
}
