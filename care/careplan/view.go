package careplan

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/task"
	"handrail/store"
)

// ItemView is an item with who leads it now.
type ItemView struct {
	careplan.Item
	Name     string        `json:"name"` // of a goal, what the goal says
	Agreed   bool          `json:"agreed"`
	InForce  bool          `json:"inForce"`
	TaskID   string        `json:"taskId,omitempty"`
	Lead     *task.Person  `json:"lead,omitempty"`
	Accepted bool          `json:"accepted"`
	Asked    *task.Person  `json:"asked,omitempty"`
	DueAt    time.Time     `json:"dueAt,omitzero"`
	Helps    []task.Person `json:"helps,omitempty"`
	Mine     bool          `json:"mine"`
	ForMe    bool          `json:"forMe"`
}

// View is the plan as its reader sees it.
type View struct {
	PatientID   string                   `json:"patientId"`
	Version     int64                    `json:"version"`
	ChangedAt   time.Time                `json:"changedAt,omitzero"`
	About       careplan.About           `json:"about"`
	AboutFields map[string]careplan.Mark `json:"aboutFields,omitempty"`
	Items       []ItemView               `json:"items"`
	Answers     []careplan.Answer        `json:"answers"`
	Agreed      int64                    `json:"agreed,omitempty"`
	Report      *careplan.Report         `json:"report,omitempty"` // for the team
	May         []careplan.Act           `json:"may"`
}

// Plan reads the plan.
func (ch *Part) Plan(ctx context.Context) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.view(ctx, d)
	if err != nil {
		return v, err
	}
	if d.Basis == models.BasisBreakGlass {
		problems := slices.DeleteFunc(v.Items, func(i ItemView) bool { return i.Kind != careplan.Problem })
		v = View{PatientID: v.PatientID, Version: v.Version, ChangedAt: v.ChangedAt, Items: problems, Answers: []careplan.Answer{}, May: []careplan.Act{}}
	}
	return v, ch.chart.NoteRead(ctx, d, "care-plan.read", "", len(v.Items))
}

// parts are what a view is made of; each is one query, however long the plan.
type parts struct {
	plan  careplan.Plan
	tasks map[string][]task.Task
	team  []models.Membership
	goals map[string]string // titles
}

func (ch *Part) parts(ctx context.Context) (p parts, err error) {
	v, err := ch.care.load(ctx, ch.patient)
	if err != nil {
		return p, err
	}
	open, err := ch.care.tasks.OpenAbout(ctx, ch.patient)
	if err != nil {
		return p, err
	}
	p = parts{plan: v.Value, tasks: careplan.Tasks(open), goals: map[string]string{}}
	if p.team, err = ch.team(ctx); err != nil {
		return p, err
	}
	if !slices.ContainsFunc(p.plan.Items, func(i careplan.Item) bool { return i.Kind == careplan.Goal }) {
		return p, nil
	}
	goals, err := chart.Every[models.Goal](ctx, ch.care.store, chart.ColGoals, store.Query{Index: "patient", Equal: []any{ch.patient}})
	for _, g := range goals {
		p.goals[g.Value.ID] = g.Value.Title
	}
	return p, err
}

// team is who was ever on it: names stay when somebody has left.
func (ch *Part) team(ctx context.Context) ([]models.Membership, error) {
	found, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
	out := make([]models.Membership, 0, len(found))
	for _, m := range found {
		out = append(out, m.Value)
	}
	return out, err
}

func (ch *Part) view(ctx context.Context, d models.Decision) (View, error) {
	p, err := ch.parts(ctx)
	if err != nil {
		return View{}, err
	}
	plan := p.plan
	v := View{PatientID: ch.patient, Version: plan.Version, ChangedAt: plan.ChangedAt, About: plan.About, AboutFields: plan.AboutFields,
		Items: make([]ItemView, 0, len(plan.Items)), Answers: append([]careplan.Answer{}, plan.Answers...), Agreed: plan.Agreed, May: []careplan.Act{}}
	for _, i := range plan.Items {
		v.Items = append(v.Items, ch.item(p, i))
	}
	if ch.actor.Role.Staff() {
		library, err := ch.care.library(ctx, plan)
		if err != nil {
			return v, err
		}
		r := careplan.ReportOf(plan, p.tasks, library, ch.care.now(), ch.today(ctx))
		v.Report = &r
	}
	for _, a := range careplan.Acts {
		writes := a != careplan.ActRead && a != careplan.ActLead
		if careplan.May(a, ch.actor.Role, ch.actor.Discipline) && (!writes || ch.chart.Decide(models.SectionCarePlan, models.Write).Allowed) {
			v.May = append(v.May, a)
		}
	}
	return v, nil
}

func (ch *Part) item(p parts, i careplan.Item) ItemView {
	v := ItemView{Item: i, Name: i.Title, Agreed: p.plan.IsAgreed(i), InForce: p.plan.InForce(i), Helps: helps(p.team, i, ch.care.now())}
	if i.Kind == careplan.Goal {
		v.Name = p.goals[i.GoalID]
	}
	for _, t := range p.tasks[i.ID] {
		v.TaskID, v.Lead, v.Asked, v.DueAt = t.ID, &t.Owner, t.Asked, t.DueAt
		v.Accepted = t.Status == task.Accepted || t.Status == task.InProgress
		v.Mine, v.ForMe = t.Owner.AccountID == ch.actor.AccountID, t.Asked != nil && t.Asked.AccountID == ch.actor.AccountID
	}
	return v
}

// helps are the supporters of an item who are on the team now.
func helps(team []models.Membership, i careplan.Item, now time.Time) (out []task.Person) {
	for _, s := range i.Supporters {
		for _, m := range team {
			if m.AccountID == s && m.Active(now) {
				out = append(out, task.Person{AccountID: s, Name: m.Name})
			}
		}
	}
	return out
}

// today is the date where the patient is.
func (ch *Part) today(ctx context.Context) string {
	zone := ch.care.base.Site.Zone
	if p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient); err == nil {
		zone = p.Value.Zone
	}
	return models.LocalDay(ch.care.now(), ch.care.base.Location(ch.patient, zone))
}
