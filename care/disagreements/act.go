package disagreements

import (
	"context"
	"crypto/sha256"
	"slices"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/disagreement"
	"handrail/models/phrases"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

var space = uuid.MustParse("b3f0a5c2-4a7e-4f0d-8a54-0b9c9f6d2c31")

func taskID(id string) string { return uuid.NewHash(sha256.New(), space, []byte(id), 8).String() }

// mayTakePart opens it to those of the team who may change the care plan.
func (ch *Part) mayTakePart(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err == nil && !careplan.May(careplan.ActEdit, ch.actor.Role, ch.actor.Discipline) {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	return d, err
}

// Raise opens a disagreement: its task is with who is asked to bring it to an end, and until
// they accept with who raised it. The team is asked for its positions and the patient for
// what they would have. The same id with the same terms again is the same.
//
// Errors: those of disagreement.Terms.Check; "facilitator" for who may not take part,
// "items[…]" for what is not in the plan, "dueAt".
func (ch *Part) Raise(ctx context.Context, id string, t disagreement.Terms) (View, error) {
	t.DueAt = t.DueAt.UTC()
	d, err := ch.mayTakePart(ctx)
	if err != nil {
		return View{}, err
	}
	stands, err := chart.Load[disagreement.Case](ctx, ch.care.store, chart.ColDisagreements, id)
	if err == nil {
		return ch.same(ctx, stands.Value, t)
	}
	if models.KindOf(err) != models.KindNotFound {
		return View{}, err
	}
	if err := t.Check(); err != nil {
		return View{}, err
	}
	if err := ch.checkNames(ctx, t); err != nil {
		return View{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return View{}, err
	}
	ops, _, err := ch.care.tasks.OrderOps(ctx, ch.actor, taskID(id), p.Value.Name, task.Order{Code: task.CodeDisagreement, PatientID: ch.patient,
		Focus: &task.Reference{Type: task.FocusDisagreement, ID: id}, Priority: task.Routine, DueAt: t.DueAt, To: t.To})
	if err != nil {
		return View{}, err
	}
	c := disagreement.Begin(id, ch.patient, taskID(id), t, ch.actor, ch.care.now())
	op, err := caseOp(kept{Value: c})
	if err != nil {
		return View{}, err
	}
	err = ch.chart.Commit(ctx, d, "disagreement.raised", id, append(ops, op)...)
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.First[disagreement.Case](ctx, ch.care.store, chart.ColDisagreements, id, err)
		if err != nil {
			return View{}, err
		}
		return ch.same(ctx, stands.Value, t)
	}
	if err != nil {
		return View{}, err
	}
	return ch.viewOne(ctx, c)
}

func (ch *Part) same(ctx context.Context, c disagreement.Case, t disagreement.Terms) (View, error) {
	if c.PatientID != ch.patient || c.RaisedBy.AccountID != ch.actor.AccountID || !chart.SameJSON(c.Terms, t) {
		return View{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	return ch.viewOne(ctx, c)
}

// checkNames refuses a facilitator who could not take part, and items that are not there.
func (ch *Part) checkNames(ctx context.Context, t disagreement.Terms) error {
	var checks models.Checks
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, t.To)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	able := err == nil && careplan.May(careplan.ActEdit, a.Value.Role, a.Value.Discipline)
	if able {
		_, able, err = ch.care.tasks.MayHold(ctx, t.To, task.Task{PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusDisagreement}})
		if err != nil {
			return err
		}
	}
	checks.Require(able, "facilitator", "cannot-own-task", "This person can't take it. Choose somebody of the clinic who may read what it is about.")
	plan, err := chart.Load[careplan.Plan](ctx, ch.care.store, chart.ColCarePlans, ch.patient)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	for i, id := range t.Items {
		item, there := plan.Value.Item(id)
		checks.Require(there && (t.Subject != disagreement.Protocols || item.Kind == careplan.Guideline), models.Indexed("items", i), "not-there", "Name something of this care plan; of protocols, guidelines.")
	}
	return checks.Err()
}

// change changes a disagreement until nobody came between. edit gives it as it should be with
// what is written with it; the same is nothing written. whom is told by the line.
func (ch *Part) change(ctx context.Context, d models.Decision, id, action string, edit func(disagreement.Case, task.Task) (disagreement.Case, []store.Op, error)) (View, error) {
	for tries := 0; ; tries++ {
		v, err := ch.load(ctx, id)
		if err != nil {
			return View{}, err
		}
		t, err := ch.care.tasks.Task(ctx, v.Value.TaskID)
		if err != nil {
			return View{}, err
		}
		next, ops, err := edit(v.Value, t)
		if err != nil {
			return View{}, err
		}
		if chart.SameJSON(next, v.Value) {
			return ch.viewOne(ctx, next)
		}
		op, err := caseOp(kept{Value: next, Version: v.Version})
		if err != nil {
			return View{}, err
		}
		e := ch.chart.Event(d, action)
		e.Ref, e.Changed, e.Whom = id, true, t.Owner.AccountID
		err = ch.care.base.Commit(ctx, e, append(ops, op)...)
		if models.KindOf(err) == models.KindStale && tries < mostTries && ctx.Err() == nil {
			continue // somebody else, or the clock, was faster
		}
		if err != nil {
			return View{}, err
		}
		return ch.viewOne(ctx, next)
	}
}

// mostTries bounds how often a change is made anew.
const mostTries = 50

// Say keeps the caller's own position, which they may change while it is open.
func (ch *Part) Say(ctx context.Context, id, text string) (View, error) {
	d, err := ch.mayTakePart(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "disagreement.position", func(c disagreement.Case, _ task.Task) (disagreement.Case, []store.Op, error) {
		next, err := c.Say(text, ch.actor, ch.care.now())
		return next, nil, err
	})
}

// Prefer keeps what the patient would have: their own words from their own phone, or what
// they told somebody of the team. Who has the disagreement is told.
func (ch *Part) Prefer(ctx context.Context, id, words string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err == nil && ch.actor.Role != models.RolePatient {
		d, err = ch.mayTakePart(ctx)
	}
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "disagreement.preferred", func(c disagreement.Case, _ task.Task) (disagreement.Case, []store.Op, error) {
		next, err := c.Prefer(words, ch.actor, ch.care.now())
		if err != nil || ch.actor.Role != models.RolePatient || chart.SameJSON(next, c) {
			return next, nil, err
		}
		ops, err := ch.care.alerts.FiredOps(ctx, ch.patient, risk.Words(phrases.Find(words), risk.FromPerson, id, ch.care.now().UTC())...)
		return next, ops, err
	})
}

func notTheFacilitator() error {
	return models.E(models.KindForbidden, "not-the-facilitator", "Who was asked to bring it to an end does this.")
}

// Settle ends it with an outcome, and its task with it. Twice is once.
//
// Errors: forbidden not-the-facilitator; those of disagreement.Settling; "changed[…]".
func (ch *Part) Settle(ctx context.Context, id string, s disagreement.Settling) (View, error) {
	d, err := ch.mayTakePart(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "disagreement.settled", func(c disagreement.Case, t task.Task) (disagreement.Case, []store.Op, error) {
		if c.Status == disagreement.Open && !holds(t, ch.actor.AccountID) {
			return c, nil, notTheFacilitator()
		}
		next, err := c.Settle(s, ch.actor, ch.care.now())
		if err != nil || c.Status != disagreement.Open {
			return next, nil, err
		}
		if err := ch.checkChanged(ctx, s.Changed); err != nil {
			return c, nil, err
		}
		ops, err := ch.care.tasks.EndOps(ctx, ch.actor, c.TaskID)
		return next, ops, err
	})
}

// checkChanged refuses what is not a task or decision about this patient: a guess tells
// nothing of others.
func (ch *Part) checkChanged(ctx context.Context, changed []task.Reference) error {
	var checks models.Checks
	for i, r := range changed {
		t, err := ch.care.tasks.Task(ctx, r.ID)
		ok := err == nil && t.PatientID == ch.patient
		if r.Type == task.FocusDecision {
			var dec chart.Versioned[struct {
				PatientID string `json:"patientId"`
			}]
			dec, err = chart.Load[struct {
				PatientID string `json:"patientId"`
			}](ctx, ch.care.store, chart.ColDecisions, r.ID)
			ok = err == nil && dec.Value.PatientID == ch.patient
		}
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		checks.Require(ok, models.Indexed("changed", i), "not-there", "Name a task or a decision about this patient.")
	}
	return checks.Err()
}

// Withdraw ends what is no disagreement any more: who raised it, or who has it.
func (ch *Part) Withdraw(ctx context.Context, id, note string) (View, error) {
	d, err := ch.mayTakePart(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "disagreement.withdrawn", func(c disagreement.Case, t task.Task) (disagreement.Case, []store.Op, error) {
		if !slices.Contains([]string{c.RaisedBy.AccountID, t.Owner.AccountID}, ch.actor.AccountID) {
			return c, nil, notTheFacilitator()
		}
		next, err := c.Withdraw(note)
		if err != nil || c.Status != disagreement.Open {
			return next, nil, err
		}
		ops, err := ch.care.tasks.CallOffOps(ctx, ch.actor, c.TaskID, note)
		return next, ops, err
	})
}
