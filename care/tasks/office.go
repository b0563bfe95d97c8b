package tasks

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// OpenWork is what somebody of the clinic has to do: what must go to others before, or
// when, they leave. What it says of patients is what the office may know.
type OpenWork struct {
	AccountID string      `json:"accountId"`
	Name      string      `json:"name"`
	Active    bool        `json:"active"`
	Alerts    []OpenAlert `json:"alerts"`
	Tasks     []task.View `json:"tasks"`
	Visits    []OpenVisit `json:"visits"`
}

// OpenAlert is an alert that somebody answers for.
type OpenAlert struct {
	ID          string       `json:"id"`
	PatientName string       `json:"patientName,omitempty"`
	Tier        checkin.Tier `json:"tier"`
	Status      risk.Status  `json:"status"`
	ContactBy   time.Time    `json:"contactBy"`
}

// OpenVisit is a visit that somebody is still to come to.
type OpenVisit struct {
	ID        string    `json:"id"`
	PatientID string    `json:"patientId,omitempty"`
	Start     time.Time `json:"start"`
	End       time.Time `json:"end"`
}

// OpenWork lists what somebody has to do. It is for administrators.
func (c *Service) OpenWork(ctx context.Context, actor models.Actor, accountID string) (OpenWork, error) {
	out := OpenWork{AccountID: accountID, Alerts: []OpenAlert{}, Tasks: []task.View{}, Visits: []OpenVisit{}}
	if actor.Role != models.RoleAdministrator || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "open-work.read")
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return out, err
	}
	if !a.Value.Role.Staff() {
		return out, models.NotFound()
	}
	out.Name, out.Active = a.Value.Name, a.Value.Status == models.AccountActive
	r, err := c.base.RightsOf(ctx, actor)
	if err == nil {
		err = r.KnowAll(ctx)
	}
	if err != nil {
		return out, err
	}
	open, err := c.alerts.OpenOf(ctx, accountID)
	if err != nil {
		return out, err
	}
	for _, v := range open {
		name := v.PatientName
		if !r.Decide(v.PatientID, models.SectionProfile).Allowed {
			name = ""
		}
		out.Alerts = append(out.Alerts, OpenAlert{v.ID, name, v.Tier, v.Status, v.ContactBy})
	}
	err = chart.ThroughDocs(ctx, c.store, chart.ColTasks, store.Query{Index: "openOwner", Equal: []any{accountID}, Unopened: true}, func(d store.Doc) (bool, error) {
		v := viewIn(r, c.readable(d, actor), c.now())
		if r.Shut(v.PatientID) {
			v.PatientID = ""
		}
		out.Tasks = append(out.Tasks, v)
		return false, nil
	})
	if err != nil {
		return out, err
	}
	visits, err := c.visits.Ahead(ctx, accountID)
	if err != nil {
		return out, err
	}
	for _, v := range visits {
		if r.Shut(v.PatientID) {
			v.PatientID = ""
		}
		out.Visits = append(out.Visits, OpenVisit{v.ID, v.PatientID, v.Start, v.End})
	}
	return out, c.noteOffice(ctx, actor, "open-work.read", accountID, len(out.Alerts)+len(out.Tasks)+len(out.Visits))
}

func (c *Service) noteOffice(ctx context.Context, actor models.Actor, action, ref string, count int) error {
	e := c.base.AuditEvent(actor, action)
	e.Ref, e.Count = ref, count
	return c.base.Note(ctx, e)
}

// Handed is what became of somebody's open work.
type Handed struct {
	Alerts int `json:"alerts"`
	Tasks  int `json:"tasks"`
	Left   int `json:"left"`
}

// HandOverAll asks somebody to take the open work of another: alerts are theirs at once
// and call them, tasks wait for their answer. What they may not see is left for whom the
// team's order names. The same again is done.
func (c *Service) HandOverAll(ctx context.Context, actor models.Actor, from, to string) (Handed, error) {
	var out Handed
	if actor.Role != models.RoleAdministrator || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "open-work.handed-over")
	}
	of, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, from)
	if err == nil {
		err = c.base.HideAccount(ctx, actor, of.Value)
	}
	if err != nil {
		return out, err
	}
	var checks models.Checks
	_, ok, err := c.holds(ctx, to, task.Task{})
	if err != nil {
		return out, err
	}
	checks.Require(ok && to != from, "to", "cannot-own-task", "Choose somebody else of the clinic whose account is active.")
	if err := checks.Err(); err != nil {
		return out, err
	}
	open, err := c.alerts.OpenOf(ctx, from)
	if err != nil {
		return out, err
	}
	for _, a := range open {
		ok, err := c.alerts.HandOver(ctx, actor, a.ID, to)
		if err != nil {
			return out, err
		}
		if ok {
			out.Alerts++
		} else {
			out.Left++
		}
	}
	found, bad, err := chart.ReadableOnes[task.Task](ctx, c.store, chart.ColTasks, store.Query{Index: "openOwner", Equal: []any{from}}, 0)
	if err != nil {
		return out, err
	}
	out.Left += len(bad)
	for _, v := range found {
		who, ok, err := c.holds(ctx, to, v.Value)
		if err != nil {
			return out, err
		}
		if !ok || v.Value.Code == task.CodePeerAsked { // nobody else can answer that; it ends by its clock
			out.Left++
			continue
		}
		_, err = c.change(ctx, v.Value.ID, actor, "task.handed-over", func(t task.Task) (task.Task, error) {
			if t.Status.Ended() || t.Owner.AccountID != from {
				return t, nil
			}
			return t.HandOver(personOf(actor), who, c.now().UTC())
		})
		if err != nil {
			return out, err
		}
		out.Tasks++
	}
	return out, c.noteOffice(ctx, actor, "open-work.handed-over", from, out.Alerts+out.Tasks)
}

// Load is how much one person has to do.
type Load struct {
	AccountID string    `json:"accountId"`
	Name      string    `json:"name"`
	Alerts    int       `json:"alerts"`
	Tasks     int       `json:"tasks"`
	Overdue   int       `json:"overdue"`
	Oldest    time.Time `json:"oldest,omitzero"`
}

// Caseload is who has how much, for relief and never for appraisal: of everybody for an
// administrator, about the patients whose team they lead for a clinician. pooled is what
// nobody has claimed. The number of queries does not grow with the people.
func (c *Service) Caseload(ctx context.Context, actor models.Actor) (loads []Load, pooled int, err error) {
	if !actor.Role.Staff() || actor.Outside {
		return nil, 0, c.base.Forbid(ctx, actor, "caseload.read")
	}
	r, err := c.base.RightsOf(ctx, actor)
	if err == nil {
		err = r.KnowAll(ctx)
	}
	if err != nil {
		return nil, 0, err
	}
	leads, all := r.Leads(), actor.Role == models.RoleAdministrator
	if !all && len(leads) == 0 {
		return nil, 0, c.base.Forbid(ctx, actor, "caseload.read")
	}
	of, now := map[string]*Load{}, c.now()
	add := func(account, name, patient string, since time.Time, late bool) *Load {
		if !all && !leads[patient] || r.Shut(patient) {
			return &Load{}
		}
		l := of[account]
		if l == nil {
			l = &Load{AccountID: account, Name: name}
			of[account] = l
		}
		if late {
			l.Overdue++
		}
		if l.Oldest.IsZero() || since.Before(l.Oldest) {
			l.Oldest = since
		}
		return l
	}
	err = c.alerts.Every(ctx, func(a risk.Alert) {
		add(a.Owner, a.OwnerName, a.PatientID, a.RaisedAt, now.After(a.ContactBy)).Alerts++
	})
	if err != nil {
		return nil, 0, err
	}
	err = chart.ThroughDocs(ctx, c.store, chart.ColTasks, store.Query{Index: "due", From: store.LowestKey, Unopened: true}, func(d store.Doc) (bool, error) {
		t := c.readable(d, actor)
		if t.Pool != "" && (all || leads[t.PatientID]) && !r.Shut(t.PatientID) {
			pooled++
		}
		add(t.Owner.AccountID, t.Owner.Name, t.PatientID, t.AuthoredAt, t.Overdue(now)).Tasks++
		return false, nil
	})
	if err != nil {
		return nil, 0, err
	}
	loads = []Load{}
	for _, l := range of {
		loads = append(loads, *l)
	}
	slices.SortFunc(loads, func(a, b Load) int {
		return cmp.Or(b.Overdue-a.Overdue, b.Alerts-a.Alerts, b.Tasks-a.Tasks, cmp.Compare(a.Name, b.Name), cmp.Compare(a.AccountID, b.AccountID))
	})
	return loads, pooled, c.noteOffice(ctx, actor, "caseload.read", "", len(loads))
}
