package tasks

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/episode"
	"handrail/models/task"
	"handrail/store"
)

// Inside is what other parts of care ask without a caller's right: the work that follows
// from what they keep, for their own batch.
type Inside struct{ service *Service }

// OpenAbout lists the open tasks about a patient.
func (i *Inside) OpenAbout(ctx context.Context, patientID string) ([]task.Task, error) {
	found, err := chart.Every[task.Task](ctx, i.service.store, chart.ColTasks, store.Query{Index: "openOf", Equal: []any{patientID}})
	out := make([]task.Task, 0, len(found))
	for _, v := range found {
		out = append(out, v.Value)
	}
	return out, err
}

// LeadOps make the task of who leads an item of a care plan. To is asked where somebody
// is named; else it is the maker's, where their profession may lead it; else it waits in
// the team's pool. What a patient brought is until then that of who leads the team.
//
// Errors: KindInvalid with the fields of the order, "to" among them.
func (i *Inside) LeadOps(ctx context.Context, actor models.Actor, id, patientName string, o task.Order) ([]store.Op, error) {
	c := i.service
	if err := o.Check(c.now()); err != nil {
		return nil, err
	}
	if !actor.Role.Staff() {
		o.To = "" // the team finds who leads it
	}
	draft, asked := task.Task{Code: o.Code, PatientID: o.PatientID, Focus: o.Focus, BasedOn: o.BasedOn}, task.Person{}
	var err error
	switch {
	case o.To != "":
		if asked, err = c.mayBeAsked(ctx, o.To, draft); err != nil {
			return nil, err
		}
	case !leads(actor, draft):
		o.Pool = task.PoolTeam
	}
	maker := personOf(actor)
	t := task.Begin(id, o, maker, asked, patientName, c.now())
	if !actor.Role.Staff() {
		if t.Owner, err = c.next(ctx, t); err != nil {
			return nil, err
		}
	}
	return c.ops(kept{Value: t}, task.Task{}, actor, "")
}

// SiteOps make a task about no patient, that somebody who works here asks a colleague for:
// it is the maker's until who was asked says yes. The caller has looked whether they can.
func (i *Inside) SiteOps(actor models.Actor, id string, o task.Order, asked models.Author) ([]store.Op, error) {
	c := i.service
	t := task.Begin(id, o, personOf(actor), task.Person{AccountID: asked.AccountID, Name: asked.Name}, "", c.now())
	return c.ops(kept{Value: t}, task.Task{}, actor, "")
}

// EndOps complete a task with what it is about; none for one that has ended.
func (i *Inside) EndOps(ctx context.Context, actor models.Actor, id string) ([]store.Op, error) {
	return i.changeOps(ctx, actor, id, func(t task.Task) (task.Task, error) {
		if t.Status.Ended() {
			return t, nil
		}
		return t.EndedWith(personOf(actor), i.service.now().UTC())
	})
}

// DueOps set when a task is due.
func (i *Inside) DueOps(ctx context.Context, actor models.Actor, id string, due time.Time) ([]store.Op, error) {
	return i.changeOps(ctx, actor, id, func(t task.Task) (task.Task, error) { return t.DueBy(due, i.service.now().UTC()), nil })
}

func (i *Inside) changeOps(ctx context.Context, actor models.Actor, id string, edit func(task.Task) (task.Task, error)) ([]store.Op, error) {
	v, err := chart.Load[task.Task](ctx, i.service.store, chart.ColTasks, id)
	if err != nil {
		return nil, err
	}
	next, err := edit(v.Value)
	if err != nil || chart.SameJSON(next, v.Value) {
		return nil, err
	}
	return i.service.ops(kept{Value: next, Version: v.Version}, v.Value, actor, "")
}

// RaiseOps make a task that the program asks a patient's team for, unless the team has
// an open one of this code about the patient.
func (i *Inside) RaiseOps(ctx context.Context, code, patientID string, focus *task.Reference, key string) ([]store.Op, error) {
	open, err := i.OpenAbout(ctx, patientID)
	if err != nil || slices.ContainsFunc(open, func(t task.Task) bool { return t.Code == code }) {
		return nil, err
	}
	return i.service.raiseOps(ctx, code, patientID, focus, key)
}

// ActivityRef names what kind of activity an item of a care plan is, on its task: who may
// lead it follows from that.
const ActivityRef = "care-plan-activity"

// byProfession are the codes of tasks that only some professions may take.
var byProfession = map[string]bool{task.CodePlanLead: true, task.CodeIntake: true}

// leads tells whether somebody's profession lets them lead an item, or ask a section.
func leads(a models.Actor, t task.Task) bool { return profession(a.Role, a.Discipline, t) }

func profession(r models.Role, d models.Discipline, t task.Task) bool {
	if t.Code == task.CodeIntake {
		return episode.MayAsk(t.Based(task.RefIntakeSection), r, d)
	}
	return careplan.MayLead(t.Based(ActivityRef), r, d)
}

func (c *Service) mayLead(ctx context.Context, accountID string, t task.Task) (bool, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	return err == nil && profession(a.Value.Role, a.Value.Discipline, t), err
}
