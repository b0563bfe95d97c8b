package duty

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/store"
	"handrail/store/aside"
)

const (
	workHoles = "duty"
	lookEvery = time.Hour
	tellAhead = 72 * time.Hour // risk reference, section 4
	tellAgain = 24 * time.Hour // then all administrators

	lookID   = "look"
	lookOnce = "look:" // and an id of its own: a rota has changed
)

// The lines that a worker tells people by.
const (
	LineHole       = "duty.hole"        // to the one who owns it
	LineHoleOffice = "duty.hole-office" // to all administrators: it is a day away, and stands
)

// due is a hole that somebody has to be told of, with its owner; or a look for holes.
type due struct {
	ID string `json:"id"`
	Hole
	Owner string    `json:"owner,omitempty"`
	Told  int       `json:"told,omitempty"` // 1 the owner, 2 the administrators
	Due   time.Time `json:"due,omitzero"`
}

type keptDue = chart.Versioned[due]

func (d due) op(v int64) (store.Op, error) {
	keys := store.Keys{}
	if d.RotaID != "" {
		keys["open"], keys["from"] = chart.OwnerSite, chart.Millis(d.From)
	}
	if !d.Due.IsZero() {
		keys["due"] = chart.Millis(d.Due)
	}
	doc, err := chart.Encode(d.ID, chart.OwnerSite, v, keys, d)
	if v == 0 {
		return store.Insert(chart.ColDutyHoles, doc), err
	}
	return store.Replace(chart.ColDutyHoles, doc), err
}

// lookNow asks for a look for holes, in the batch of what changes a rota.
func (c *Service) lookNow(context.Context) ([]store.Op, error) {
	op, err := due{ID: lookOnce + chart.NewID(), Due: c.now().UTC()}.op(0)
	return []store.Op{op}, err
}

// soon is how long all instances take to know by which ways people are reached.
const soon = time.Minute

// LookSoon asks for a look for holes: by which ways people are reached has changed. It is for
// workers.
func (c *Service) LookSoon(ctx context.Context) error {
	op, err := due{ID: lookOnce + chart.NewID(), Due: c.now().UTC().Add(soon)}.op(0)
	if err != nil {
		return err
	}
	return chart.Refusal(c.store.Batch(ctx, op))
}

// Follow looks for holes each hour and after each change, and tells of those that come
// near. Any number of instances run it.
func (c *Service) Follow(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workHoles)
	if err != nil {
		return chart.Refusal(err)
	}
	if !c.begun {
		op, err := due{ID: lookID, Due: c.now().UTC()}.op(0)
		if err == nil {
			err = chart.Refusal(c.store.Batch(ctx, op))
		}
		if err != nil && models.KindOf(err) != models.KindConflict {
			return err
		}
		c.begun = true
	}
	return chart.EachDue(ctx, c.base, chart.ColDutyHoles, round, func(v keptDue) error {
		var err error
		if strings.HasPrefix(v.Value.ID, lookID) {
			err = c.look(ctx, v)
		} else {
			err = c.tell(ctx, v)
		}
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict || k == models.KindNotFound {
			return nil // another instance was faster
		}
		return err
	})
}

// maxHolesKept bounds what one look writes: the nearest. The next look finds the rest.
const maxHolesKept = 40

// look compares the holes that there are with those that are kept.
func (c *Service) look(ctx context.Context, v keptDue) error {
	var ops []store.Op
	if v.Value.ID == lookID {
		v.Value.Due = c.now().UTC().Add(lookEvery)
		op, err := v.Value.op(v.Version)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	} else {
		ops = append(ops, store.Delete(chart.ColDutyHoles, v.Value.ID, v.Version))
	}
	found, err := c.live(ctx)
	if err != nil {
		return err
	}
	stand, _, err := chart.ReadableOnes[due](ctx, c.store, chart.ColDutyHoles, store.Query{Index: "open", Equal: []any{chart.OwnerSite}}, 0)
	if err != nil {
		return err
	}
	at, away := c.now().UTC(), duty.AwayOf(values(found)...)
	still := map[string]bool{}
	var fresh []due
	for _, r := range values(found) {
		holes, err := c.holes(ctx, r, away, at)
		if err != nil {
			return err
		}
		for _, h := range holes {
			i := slices.IndexFunc(stand, func(d keptDue) bool {
				k := d.Value
				return k.RotaID == h.RotaID && k.Kind == h.Kind && k.AccountID == h.AccountID && !h.From.After(k.To) && !k.From.After(h.To)
			})
			if i >= 0 {
				still[stand[i].Value.ID] = true
				continue
			}
			owner, err := c.ownerOf(ctx, r)
			if err != nil {
				return err
			}
			fresh = append(fresh, due{ID: chart.NewID(), Hole: h, Owner: owner, Due: h.From.Add(-tellAhead)})
		}
	}
	slices.SortFunc(fresh, func(a, b due) int { return a.From.Compare(b.From) })
	for _, d := range fresh[:min(len(fresh), maxHolesKept)] {
		op, err := d.op(0)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	for _, d := range stand {
		if !still[d.Value.ID] && len(ops) < 2*maxHolesKept { // it was filled, or has passed
			ops = append(ops, store.Delete(chart.ColDutyHoles, d.Value.ID, d.Version))
		}
	}
	return chart.Refusal(c.store.Batch(ctx, ops...))
}

// ownerOf is who is told of the holes of a rota: who changed it last, while they keep
// rotas; else who has kept them longest, coordinators first.
func (c *Service) ownerOf(ctx context.Context, r duty.Rota) (string, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, r.ChangedBy.AccountID)
	if err != nil && aside.Stops(err) {
		return "", err
	}
	if k := a.Value.Role; err == nil && a.Value.Status == models.AccountActive && (k == models.RoleCoordinator || k == models.RoleAdministrator) {
		return r.ChangedBy.AccountID, nil
	}
	for _, role := range []models.Role{models.RoleCoordinator, models.RoleAdministrator} {
		found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}}, 0)
		if err != nil {
			return "", err
		}
		for _, a := range found {
			if a.Value.Status == models.AccountActive {
				return a.Value.ID, nil
			}
		}
	}
	return "", nil
}

// tell tells the owner 72 hours ahead, and all administrators one day ahead. Both go
// out together where the hole is nearer than that.
func (c *Service) tell(ctx context.Context, v keptDue) error {
	d, line := v.Value, LineHole
	if d.Told > 0 || d.Owner == "" {
		line, d.Told, d.Due = LineHoleOffice, 2, time.Time{}
	} else {
		d.Told, d.Due = 1, d.From.Add(-tellAgain)
	}
	op, err := d.op(v.Version)
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(chart.SystemActor, line)
	e.Ref, e.Whom = d.RotaID, d.Owner
	return c.base.Commit(ctx, e, op)
}
