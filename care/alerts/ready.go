package alerts

import (
	"context"

	"handrail/models"
	"handrail/models/risk"
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
	past, err := c.drills(ctx)
	for _, a := range past {
		out.Drill = out.Drill || programmeTried(a) == in.ID && a.Outcome != nil && a.Outcome.Code != DrillUnanswered
	}
	return out, err
}
