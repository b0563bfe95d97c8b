package alerts

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// Readiness is what is recorded before alerts to staff begin.
type Readiness struct {
	Hours    bool `json:"hours"`
	FailSafe bool `json:"failSafe"`
	Rota     bool `json:"rota"`
	Drill    bool `json:"drill"`
}

// Ready tells whether all of it is.
func (r Readiness) Ready() bool { return r.Hours && r.FailSafe && r.Rota && r.Drill }

// Readiness tells what is still missing for a programme; "" is the clinic's own.
func (c *Service) Readiness(ctx context.Context, actor models.Actor, programme string) (Readiness, error) {
	if !actor.Role.Staff() || actor.Outside {
		return Readiness{}, c.base.Forbid(ctx, actor, "alert-settings.read")
	}
	s, err := c.settings(ctx)
	if err != nil {
		return Readiness{}, err
	}
	if programme == "" {
		programme = risk.ClinicProgramme
	}
	in, err := c.programme(ctx, programme)
	if models.KindOf(err) == models.KindNotFound {
		var checks models.Checks
		checks.Fail("programme", "not-a-choice", "Choose one of those that are offered.")
		err = checks.Err()
	}
	if err != nil {
		return Readiness{}, err
	}
	return c.readiness(ctx, s.Value.Terms, in.Value)
}

func (c *Service) readiness(ctx context.Context, t Terms, in risk.Programme) (Readiness, error) {
	out := Readiness{Hours: len(in.HoursOr(t.Hours).Windows) > 0, FailSafe: t.FailSafe != "" || in.FailSafe != ""}
	var err error
	if out.Rota, err = c.duty.Kept(ctx, in.ID); err != nil {
		return out, err
	}
	out.Drill, err = c.tried(ctx, t, in)
	return out, err
}

// tried tells whether a drill that somebody answered tried the order of a programme as it
// stands: what was changed since is tried again before it begins.
func (c *Service) tried(ctx context.Context, t Terms, in risk.Programme) (found bool, err error) {
	want := orderOf(t, in)
	err = chart.ThroughDocs(ctx, c.store, chart.ColAlerts, store.Query{Index: "drills", Equal: []any{chart.OwnerSite}, Desc: true, Unopened: true}, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[risk.Alert](d)
		a := v.Value
		if err != nil || len(a.Evidence) == 0 || programmeTried(a) != in.ID || a.Outcome == nil || a.Outcome.Code == DrillUnanswered {
			return false, nil
		}
		order, said := a.Evidence[0].Inputs[drillOrder].(string)
		found = said && order == want || !said && !a.RaisedAt.Before(in.ChangedAt) // drills of an older program do not say
		return found, nil
	})
	return found, err
}

// orderOf names what a drill tries of a programme: its levels, hours and fail-safe, its
// own or the clinic's.
func orderOf(t Terms, in risk.Programme) string {
	order := struct {
		Without  []int
		Hours    risk.Hours
		FailSafe string
	}{in.Without(), in.HoursOr(t.Hours), cmp.Or(in.FailSafe, t.FailSafe)}
	b, _ := json.Marshal(order) // of plain texts and numbers alone: it can't fail
	return base64.RawURLEncoding.EncodeToString(chart.Hash(b))
}
