// Package duty keeps the rotas of the clinic: who is on duty when, who swapped with
// whom, and where nobody is.
package duty

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of rotas.
type Service struct {
	base    *chart.Base
	store   store.Store
	now     models.Clock
	aside   *aside.Book
	reaches func(ctx context.Context, accountID string) (bool, error)
	hours   func(ctx context.Context, programme string) (risk.Hours, error)
	begun   bool // the look for holes is there; for the one worker of an instance
}

// New makes them. The Inside is for other parts of care alone.
func New(base *chart.Base) (*Service, *Inside) {
	c := &Service{base: base, store: base.Store, now: base.Now, aside: base.Aside}
	return c, &Inside{c}
}

// ReachedBy says how to find out whether a channel reaches somebody. Without it
// everybody counts as reached. It is set once, before the program serves.
func (c *Service) ReachedBy(reaches func(ctx context.Context, accountID string) (bool, error)) {
	c.reaches = reaches
}

// Inside is what other parts of care ask without a caller's right.
type Inside struct{ service *Service }

// Declared says where the staffed hours of the clinic and its programmes stand; the
// programme "" is the clinic.
func (i *Inside) Declared(hours func(ctx context.Context, programme string) (risk.Hours, error)) {
	i.service.hours = hours
}

// keeps refuses who may not change rotas.
func (c *Service) keeps(ctx context.Context, actor models.Actor) error {
	if actor.Role == models.RoleAdministrator || actor.Role == models.RoleCoordinator {
		return nil
	}
	return c.base.Forbid(ctx, actor, "rota.change")
}

// reads refuses who may not see rotas: all but the people who work here.
func (c *Service) reads(ctx context.Context, actor models.Actor) error {
	if actor.Role.Staff() && !actor.Outside {
		return nil
	}
	return c.base.Forbid(ctx, actor, "rota.read")
}

type keptRota = chart.Versioned[duty.Rota]

// live are the rotas that are asked, the oldest first. One that can't be read is left
// out, and the fail-safe answers for its time.
func (c *Service) live(ctx context.Context) ([]keptRota, error) {
	found, _, err := chart.ReadableOnes[duty.Rota](ctx, c.store, chart.ColRotas, store.Query{Index: "live", Equal: []any{chart.OwnerSite}}, 0)
	now := c.now()
	return slices.DeleteFunc(found, func(v keptRota) bool { return !v.Value.Live(now) }), err
}

func values(all []keptRota) []duty.Rota {
	out := make([]duty.Rota, 0, len(all))
	for _, v := range all {
		out = append(out, v.Value)
	}
	return out
}

// Facts are the rotas as they stand at a moment.
type Facts struct {
	Away   duty.Away
	At     time.Time
	Rotas  []duty.Rota
	OnDuty []string // who is on duty by each rota; "" is nobody
}

// Facts reads them once for a patient's chain.
func (i *Inside) Facts(ctx context.Context) (Facts, error) {
	c := i.service
	found, err := c.live(ctx)
	out := Facts{At: c.now().UTC(), Rotas: values(found)}
	out.Away = duty.AwayOf(out.Rotas...)
	for _, r := range out.Rotas {
		who := ""
		if p, err := duty.Read(r, out.Away); err == nil {
			who = p.At(out.At).AccountID
		}
		out.OnDuty = append(out.OnDuty, who)
	}
	return out, err
}

// Until is how long what one of the rotas says now holds, at most as far ahead as holes are
// looked for.
func (f Facts) Until(n int) time.Time {
	p, err := duty.Read(f.Rotas[n], f.Away)
	if err != nil {
		return f.At.Add(ahead)
	}
	return p.Line(f.At, f.At.Add(ahead))[0].To
}

// Kept tells whether there is a rota that is asked for cover of anybody of a programme, and
// names somebody: one of a programme alone leaves all others without.
func (i *Inside) Kept(ctx context.Context, programme string) (bool, error) {
	found, err := i.service.live(ctx)
	return slices.ContainsFunc(found, func(v keptRota) bool {
		return (v.Value.Programme == "" || v.Value.Programme == programme) && v.Value.Serves == duty.ServesCover && len(v.Value.Shifts) > 0
	}), err
}
