package disagreements

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/disagreement"
	"handrail/models/task"
	"handrail/store"
)

// View is a disagreement as one reader may see it.
type View struct {
	disagreement.Case
	Owner        task.Person  `json:"owner"`
	Accepted     bool         `json:"accepted"`
	Asked        *task.Person `json:"asked,omitempty"`
	Overdue      bool         `json:"overdue"`
	Hard         bool         `json:"hard,omitempty"`
	MaySay       bool         `json:"maySay"`
	MaySettle    bool         `json:"maySettle"`
	PlanVersions []int64      `json:"planVersions,omitempty"`
}

func (ch *Part) view(c disagreement.Case, t task.Task) View {
	v := View{Case: c, Owner: t.Owner, Accepted: t.Status == task.Accepted || t.Status == task.InProgress, Overdue: c.Overdue(ch.care.now())}
	if !ch.actor.Role.Staff() {
		v.Case = c.OfPatient()
		return v
	}
	v.Asked, v.Hard = t.Asked, c.Hard()
	if c.Status == disagreement.Open && ch.writes() {
		v.MaySay, v.MaySettle = true, holds(t, ch.actor.AccountID)
	}
	return v
}

// writes tells whether the caller may take part: who may change the care plan.
func (ch *Part) writes() bool {
	return careplan.May(careplan.ActEdit, ch.actor.Role, ch.actor.Discipline) && ch.chart.Decide(models.SectionCarePlan, models.Write).Allowed
}

// holds tells whether somebody brings it to an end: who has its task, or was asked to.
func holds(t task.Task, accountID string) bool {
	return t.Owner.AccountID == accountID || t.Asked != nil && t.Asked.AccountID == accountID
}

func (ch *Part) load(ctx context.Context, id string) (kept, error) {
	v, err := chart.Load[disagreement.Case](ctx, ch.care.store, chart.ColDisagreements, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

func (ch *Part) viewOne(ctx context.Context, c disagreement.Case) (View, error) {
	t, err := ch.care.tasks.Task(ctx, c.TaskID)
	if err != nil {
		return View{}, err
	}
	v := ch.view(c, t)
	if !ch.actor.Role.Staff() {
		return v, nil
	}
	changes, err := chart.List[careplan.Change](ctx, ch.care.store, chart.ColCarePlanChanges, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: mostChanges})
	for _, x := range slices.Backward(changes.Items) {
		if r := x.Value.Decision; r != nil && r.Type == task.FocusDisagreement && r.ID == c.ID {
			v.PlanVersions = append(v.PlanVersions, x.Value.Version)
		}
	}
	return v, err
}

// mostChanges bounds how far back the care plan is searched for what came of one.
const mostChanges = 200

// Disagreements lists them, the newest first: to the team with all positions, to the patient
// what they are asked and what came of it.
func (ch *Part) Disagreements(ctx context.Context, cursor string, limit int) (chart.Page[View], error) {
	out := chart.Page[View]{}
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[disagreement.Case](ctx, ch.care.store, chart.ColDisagreements, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	ids := make([]string, 0, len(page.Items))
	for _, v := range page.Items {
		ids = append(ids, v.Value.TaskID)
	}
	read, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(read, ch.care.store, chart.ColTasks, ids...); err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		t, err := chart.Load[task.Task](read, ch.care.store, chart.ColTasks, v.Value.TaskID)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, ch.view(v.Value, t.Value))
	}
	return out, ch.chart.NoteRead(ctx, d, "disagreement.read", "", len(out.Items))
}

// Disagreement reads one.
func (ch *Part) Disagreement(ctx context.Context, id string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return View{}, err
	}
	c, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	v, err := ch.viewOne(ctx, c.Value)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "disagreement.read", id, 1)
}
