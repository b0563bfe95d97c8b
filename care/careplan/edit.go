package careplan

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/task"
	"handrail/store"
)

// Change merges an edit into the plan, with the tasks of who leads what. The same edit
// again is no change.
//
// Errors: those of careplan.Apply; KindInvalid with "items[…].to" for whom nobody can
// ask, "items[…].supporters[…]" for who is not on the team, "items[…].goalId".
func (ch *Part) Change(ctx context.Context, e careplan.Edit) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err != nil {
		return View{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return View{}, err
	}
	now := ch.care.now()
	_, err = ch.mutate(ctx, d, "care-plan.changed", func(plan careplan.Plan) (careplan.Plan, []store.Op, error) {
		e := e
		var err error
		if e.Items, err = ch.care.fromLibrary(ctx, plan, e.Items); err != nil {
			return plan, nil, err
		}
		next, change, err := careplan.Apply(plan, e, ch.actor, now, models.LocalDay(now, ch.care.base.Location(ch.patient, p.Value.Zone)))
		if err != nil || change.Version == 0 {
			return plan, nil, err
		}
		if err := ch.names(ctx, e); err != nil {
			return plan, nil, err
		}
		ops, err := ch.workOps(ctx, p.Value, plan, next, e)
		if err != nil {
			return plan, nil, err
		}
		op, err := changeOp(change)
		return next, append(ops, op), err
	})
	if err != nil {
		return View{}, err
	}
	return ch.view(ctx, d)
}

// names refuses people and goals that an edit names and that are not there.
func (ch *Part) names(ctx context.Context, e careplan.Edit) error {
	var checks models.Checks
	team, err := ch.team(ctx)
	if err != nil {
		return err
	}
	for n, i := range e.Items {
		path := models.Indexed("items", n)
		if i.Supporters != nil {
			for k, s := range *i.Supporters {
				checks.Require(slices.ContainsFunc(team, func(m models.Membership) bool { return m.AccountID == s }),
					models.Indexed(path+".supporters", k), "not-on-the-team", "Name somebody of the care team.")
			}
		}
		if i.GoalID != nil && *i.GoalID != "" {
			g, err := chart.Load[models.Goal](ctx, ch.care.store, chart.ColGoals, *i.GoalID)
			if k := models.KindOf(err); err != nil && k != models.KindNotFound {
				return err
			}
			checks.Require(err == nil && g.Value.PatientID == ch.patient, path+".goalId", "not-there", "Name a goal of this patient.")
		}
	}
	return checks.Err()
}

var leadSpace = uuid.MustParse("2f1d8a34-9c07-4c53-8f0e-6b9f5f4b7c11")

// LeadTask is the id of the task of who leads an item: each time that it is begun there
// is one.
func LeadTask(patientID string, i careplan.Item) string {
	return uuid.NewHash(sha256.New(), leadSpace, store.JoinText(patientID, i.ID, strconv.Itoa(i.Opened)), 8).String()
}

// workOps are the tasks that follow from a change: of what was begun, of what ended, and
// of what is looked at on another day.
func (ch *Part) workOps(ctx context.Context, p models.Patient, before, after careplan.Plan, e careplan.Edit) (all []store.Op, err error) {
	for n, ie := range e.Items {
		is, _ := after.Item(ie.ID)
		was, there := before.Item(ie.ID)
		var ops []store.Op
		if begins := is.Open() && (!there || !was.Open()); ie.To != "" && !begins {
			var checks models.Checks
			checks.Fail(models.Indexed("items", n)+".to", "hand-over", "Somebody leads this. Hand its task over instead.")
			return nil, checks.Err()
		}
		switch {
		case is.Open() && (!there || !was.Open()):
			ops, err = ch.beginOps(ctx, p, is, ie.To, models.Indexed("items", n))
		case there && was.Open() && !is.Open():
			ops, err = ch.care.tasks.EndOps(ctx, ch.actor, LeadTask(ch.patient, was))
		case is.Open() && is.ReviewOn != was.ReviewOn:
			ops, err = ch.care.tasks.DueOps(ctx, ch.actor, LeadTask(ch.patient, is), dueAt(is.ReviewOn, ch.care.base.Location(ch.patient, p.Zone)))
		}
		if err != nil {
			return nil, err
		}
		all = append(all, ops...)
	}
	return all, nil
}

func (ch *Part) beginOps(ctx context.Context, p models.Patient, i careplan.Item, to, path string) ([]store.Op, error) {
	o := task.Order{Code: task.CodePlanLead, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusPlanItem, ID: i.ID},
		Priority: task.Routine, DueAt: dueAt(i.ReviewOn, ch.care.base.Location(ch.patient, p.Zone)), To: to}
	if i.Safety {
		o.Priority = task.Urgent
	}
	if i.Activity != "" {
		o.BasedOn = []task.Reference{{Type: tasks.ActivityRef, ID: i.Activity}}
	}
	ops, err := ch.care.tasks.LeadOps(ctx, ch.actor, LeadTask(ch.patient, i), p.Name, o)
	return ops, within(path, err)
}

// within names the fields of a refusal as the caller sent them.
func within(path string, err error) error {
	e, ok := errors.AsType[*models.Error](err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for n := range out.Fields {
		f := strings.Replace(out.Fields[n].Field, "dueAt", "reviewOn", 1)
		out.Fields[n].Field = path + "." + f
	}
	return &out
}

// Say answers the version that the plan has: yes or no.
func (ch *Part) Say(ctx context.Context, version int64, yes bool, note string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err != nil {
		return View{}, err
	}
	action := "care-plan.agreed"
	if !yes {
		action = "care-plan.declined"
	}
	_, err = ch.mutate(ctx, d, action, func(p careplan.Plan) (careplan.Plan, []store.Op, error) {
		next, err := p.Say(version, yes, note, ch.actor, ch.care.now())
		if err != nil || yes || chart.SameJSON(next, p) {
			return next, nil, err
		}
		ops, err := ch.look(ctx, "no:"+ch.actor.AccountID+":"+strconv.FormatInt(version, 10))
		return next, ops, err
	})
	if err != nil {
		return View{}, err
	}
	return ch.view(ctx, d)
}

// Rate notes how useful the patient finds something. The third time in a row that it did
// not help, somebody of the team is asked to look at it with them.
func (ch *Part) Rate(ctx context.Context, itemID, id, answer string) (careplan.Useful, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err != nil {
		return careplan.Useful{}, err
	}
	p, err := ch.mutate(ctx, d, "care-plan.rated", func(p careplan.Plan) (careplan.Plan, []store.Op, error) {
		next, ask, err := p.Rate(itemID, id, answer, ch.actor, ch.care.now())
		if err != nil || !ask {
			return next, nil, err
		}
		ops, err := ch.look(ctx, "rated:"+id)
		return next, ops, err
	})
	i, _ := p.Item(itemID)
	return i.Useful, err
}

// look asks the team to look at the plan together with the patient.
func (ch *Part) look(ctx context.Context, key string) ([]store.Op, error) {
	return ch.care.tasks.RaiseOps(ctx, task.CodePlanLook, ch.patient, &task.Reference{Type: "CarePlan", ID: ch.patient}, key)
}
