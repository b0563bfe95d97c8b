package alerts

import (
	"context"
	"fmt"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// The codes of how a drill ends.
const (
	DrillAnswered   = "drill"            // somebody said that they handle it
	DrillUnanswered = "drill-unanswered" // nobody of the chain did
)

// drillTeam is where the evidence of a drill keeps whom it asks as the team.
const drillTeam = "team"

// drillProgramme is where it keeps whose order it tries.
const drillProgramme = "programme"

// drillOrder is where it names that order, as it stood when the drill began.
const drillOrder = "order"

// DrillStep is one step with the time that it took.
type DrillStep struct {
	risk.Step
	Seconds int `json:"seconds"`
}

// Drill is what became of a drill.
type Drill struct {
	ID         string      `json:"id"`
	Programme  string      `json:"programme"`
	StartedAt  time.Time   `json:"startedAt"`
	StartedBy  string      `json:"startedBy"`
	Ended      bool        `json:"ended"`
	Answered   bool        `json:"answered"`
	AnsweredBy string      `json:"answeredBy,omitempty"`
	Seconds    int         `json:"seconds,omitempty"` // until somebody answered
	Steps      []DrillStep `json:"steps"`
}

func drillOf(a risk.Alert) Drill {
	out := Drill{ID: a.ID, Programme: programmeTried(a), StartedAt: a.RaisedAt, Ended: a.Status.Ended(), Steps: []DrillStep{}}
	if len(a.Evidence) > 0 {
		out.StartedBy = a.Evidence[0].Ref
	}
	if a.Outcome != nil {
		out.Answered, out.AnsweredBy = a.Outcome.Code != DrillUnanswered, a.Outcome.Name
		out.Seconds = int(a.Outcome.At.Sub(a.RaisedAt).Seconds())
	}
	for _, s := range a.History {
		out.Steps = append(out.Steps, DrillStep{s, int(s.At.Sub(a.RaisedAt).Seconds())})
	}
	return out
}

// StartDrill runs the chain on nobody: an emergent alert about no patient, which asks the
// named clinicians as the team, then the rotas, then the fail-safe, with the calls and
// times of a real one of a programme's patient; "" is the clinic's own. The same id again is the same drill.
func (c *Service) StartDrill(ctx context.Context, actor models.Actor, id, programme string, team []string) (Drill, error) {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return Drill{}, c.base.Forbid(ctx, actor, "alert-drill.start")
	}
	if v, err := chart.Load[risk.Alert](ctx, c.store, chart.ColAlerts, id); err == nil {
		if !v.Value.Drill {
			return Drill{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
		return drillOf(v.Value), nil
	} else if models.KindOf(err) != models.KindNotFound {
		return Drill{}, err
	}
	s, err := c.settings(ctx)
	if err != nil {
		return Drill{}, err
	}
	if len(s.Value.Hours.Windows) == 0 || s.Value.FailSafe == "" {
		return Drill{}, models.E(models.KindConflict, "hours-first", "Save the hours and the fail-safe first.")
	}
	var checks models.Checks
	if programme == "" {
		programme = risk.ClinicProgramme
	}
	in, err := c.programme(ctx, programme)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return Drill{}, err
	}
	checks.Require(err == nil && in.Value.EndedAt.IsZero(), "programme", "not-a-choice", "Choose one of those that are offered.")
	checks.Require(len(team) >= 1 && len(team) <= 10, "team", "required", "Choose who is asked first, and at most 10.")
	for i, who := range team {
		a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, who)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return Drill{}, err
		}
		checks.Require(err == nil && a.Value.Role == models.RoleClinician && a.Value.Status == models.AccountActive,
			fmt.Sprintf("team[%d]", i), "cannot-own-alert", "Choose a clinician whose account is active.")
	}
	if err := checks.Err(); err != nil {
		return Drill{}, err
	}
	past, err := c.drills(ctx)
	if err != nil {
		return Drill{}, err
	}
	if len(past) > 0 && !past[0].Status.Ended() {
		return Drill{}, models.E(models.KindConflict, "drill-runs", "A drill runs already. Wait until it has ended.")
	}
	e := risk.Evidence{At: c.now().UTC(), Rule: "DRILL", Version: "1", Tier: checkin.Emergent, Source: risk.FromPerson, Ref: actor.AccountID, Inputs: map[string]any{drillTeam: team, drillProgramme: programme, drillOrder: orderOf(s.Value.Terms, in.Value)}}
	n, err := c.momentOf(ctx, risk.Alert{Drill: true, Evidence: []risk.Evidence{e}}, s.Value)
	if err != nil {
		return Drill{}, err
	}
	a := risk.Begin(id, "", "", e, n)
	a.Drill = true
	err = c.write(ctx, kept{Value: a}, risk.Alert{}, actor, "alert-drill.started")
	return drillOf(a), err
}

// momentOf is moment for an alert, which may be a drill.
func (c *Service) momentOf(ctx context.Context, a risk.Alert, s Settings) (risk.Now, error) {
	n, err := c.momentOfOrder(ctx, a, s)
	if err != nil || a.Status.Ended() || n.Chain.Asks(a.Owner) {
		return n, err
	}
	p, ok, err := c.person(ctx, a.Owner)
	if ok && err == nil {
		n.Chain.Keeps = &p
	}
	return n, err
}

func (c *Service) momentOfOrder(ctx context.Context, a risk.Alert, s Settings) (risk.Now, error) {
	if !a.Drill {
		return c.moment(ctx, a.PatientID, s)
	}
	tried, err := c.programme(ctx, programmeTried(a))
	if err != nil && aside.Stops(err) && models.KindOf(err) != models.KindNotFound {
		return risk.Now{}, err
	}
	in := tried.Value
	n := risk.Now{At: c.now().UTC(), Hours: in.HoursOr(s.Hours), Chain: risk.Chain{Without: in.Without()}}
	if n.Chain.FailSafe, err = c.failSafeOf(ctx, in, s); err != nil {
		return n, err
	}
	var team []models.Membership
	for _, id := range teamOf(a) {
		acc, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return n, err
		}
		p, ok, err := c.person(ctx, id)
		if err != nil {
			return n, err
		}
		if ok {
			n.Chain.Team = append(n.Chain.Team, p)
			team = append(team, models.Membership{AccountID: id, Role: acc.Value.Role, Discipline: acc.Value.Discipline})
		}
	}
	n.Chain.Leads = n.Chain.Team[:min(1, len(n.Chain.Team))]
	return n, c.onDuty(ctx, &n.Chain, programmeTried(a), members{asked: team})
}

// programmeTried is whose order a drill tries; the clinic's, of one that does not say.
func programmeTried(a risk.Alert) string {
	if len(a.Evidence) > 0 {
		if id, ok := a.Evidence[0].Inputs[drillProgramme].(string); ok {
			return id
		}
	}
	return risk.ClinicProgramme
}

func teamOf(a risk.Alert) []string {
	if len(a.Evidence) == 0 {
		return nil
	}
	switch team := a.Evidence[0].Inputs[drillTeam].(type) {
	case []string:
		return team
	case []any: // as it comes from the store
		var out []string
		for _, id := range team {
			if text, ok := id.(string); ok {
				out = append(out, text)
			}
		}
		return out
	}
	return nil
}

// drilled ends a drill once somebody has answered, or nobody has.
func drilled(a risk.Alert, who risk.Person, at time.Time) risk.Alert {
	if !a.Drill || a.Status.Ended() {
		return a
	}
	switch a.Status {
	case risk.Acknowledged:
		return a.EndDrill(DrillAnswered, who, at)
	case risk.Unanswered:
		return a.EndDrill(DrillUnanswered, who, at)
	}
	return a
}

// drills are the newest drills.
func (c *Service) drills(ctx context.Context) ([]risk.Alert, error) {
	page, err := c.store.Query(ctx, chart.ColAlerts, store.Query{Index: "drills", Equal: []any{chart.OwnerSite}, Desc: true, Limit: 50, Unopened: true})
	if err != nil {
		return nil, chart.Refusal(err)
	}
	var out []risk.Alert
	for _, d := range page.Docs {
		if v, err := chart.Readable[risk.Alert](d); err == nil {
			out = append(out, v.Value)
		}
	}
	return out, nil
}

// Drills lists the newest 50.
func (c *Service) Drills(ctx context.Context, actor models.Actor) ([]Drill, error) {
	if !actor.Role.Staff() || actor.Outside {
		return nil, c.base.Forbid(ctx, actor, "alert-drill.read")
	}
	found, err := c.drills(ctx)
	out := make([]Drill, 0, len(found))
	for _, a := range found {
		out = append(out, drillOf(a))
	}
	return out, err
}

// Drill reads what became of one.
func (c *Service) Drill(ctx context.Context, actor models.Actor, id string) (Drill, error) {
	if !actor.Role.Staff() || actor.Outside {
		return Drill{}, c.base.Forbid(ctx, actor, "alert-drill.read")
	}
	v, err := chart.Load[risk.Alert](ctx, c.store, chart.ColAlerts, id)
	if err == nil && !v.Value.Drill {
		err = models.NotFound()
	}
	if err != nil {
		return Drill{}, err
	}
	return drillOf(v.Value), nil
}
