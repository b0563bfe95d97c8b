package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// VisitTypes lists the kinds of visits that the actor may book; who works here
// sees all of them. Versions count from 2: version 1 is "not there yet".
func (c *Service) VisitTypes(ctx context.Context, actor models.Actor) ([]chart.Versioned[schedule.VisitType], error) {
	found, err := chart.Every[schedule.VisitType](ctx, c.store, chart.ColVisitTypes, store.Query{Index: store.IDIndex})
	out := make([]chart.Versioned[schedule.VisitType], 0, len(found))
	for _, v := range found {
		if actor.Role.Staff() || bookableBy(v.Value, actor.Role) {
			v.Version++
			out = append(out, v)
		}
	}
	return out, err
}

func bookableBy(v schedule.VisitType, r models.Role) bool {
	for _, by := range v.BookableBy {
		if by == r {
			return true
		}
	}
	return false
}

// visitType loads one kind of visit.
func (c *Service) visitType(ctx context.Context, id string) (schedule.VisitType, error) {
	if id == "" || len(id) > schedule.MaxKey {
		return schedule.VisitType{}, unknownVisitType()
	}
	v, err := chart.Load[schedule.VisitType](ctx, c.store, chart.ColVisitTypes, id)
	if models.KindOf(err) == models.KindNotFound {
		return v.Value, unknownVisitType()
	}
	return v.Value, err
}

func unknownVisitType() error {
	var c models.Checks
	c.Fail("visitType", "unknown-visit-type", "Choose a kind of visit from the list.")
	return c.Err()
}

// SetVisitType makes a kind of visit (version 1) or replaces it. Visits that are
// booked keep the length and rules with which they were booked.
func (c *Service) SetVisitType(ctx context.Context, actor models.Actor, version int64, v schedule.VisitType) (chart.Versioned[schedule.VisitType], error) {
	none := chart.Versioned[schedule.VisitType]{}
	if actor.Role != models.RoleAdministrator {
		return none, c.refuseStaff(ctx, actor, "visit-type.refused", "", onlyAdministrators())
	}
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return none, err
	}
	if err := v.Check(); err != nil {
		return none, err
	}
	var checks models.Checks
	for _, s := range v.Sites {
		checks.Require(cal.Value.has(s), "sites", "unknown-site", "This is none of the clinic's sites.")
	}
	if err := checks.Err(); err != nil {
		return none, err
	}
	doc, err := chart.Encode(v.ID, chart.OwnerSite, version-1, nil, v)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColVisitTypes, doc)
	if version == 1 {
		op = store.Insert(chart.ColVisitTypes, doc)
	}
	e := c.base.AuditEvent(actor, "visit-type.changed")
	e.Ref = v.ID
	if err := c.base.Commit(ctx, e, op); err != nil {
		stands, err := chart.Again(ctx, c.store, chart.ColVisitTypes, v.ID, err, func(stands schedule.VisitType) bool { return chart.SameJSON(stands, v) })
		stands.Version++
		return stands, err
	}
	return chart.Versioned[schedule.VisitType]{Value: v, Version: version + 1}, nil
}
