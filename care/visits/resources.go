package visits

import (
	"context"
	"fmt"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// Resource is what a visit can need beside the team: an interpreter, or a room. What
// speaks a language is a person: it has the id of an account of an interpreter, who
// comes, is told of visits, and may say no.
type Resource struct {
	ID        string                 `json:"id"`
	Name      string                 `json:"name"`
	Languages []string               `json:"languages,omitempty"` // BCP 47, of an interpreter
	Hours     *schedule.Availability `json:"availability,omitempty"`
}

// Resources lists what can be booked beside people.
func (c *Service) Resources(ctx context.Context) ([]chart.Versioned[Resource], error) {
	found, err := chart.Every[Resource](ctx, c.store, chart.ColResources, store.Query{Index: store.IDIndex})
	for i := range found {
		found[i].Version++
	}
	return found, err
}

// ResourceView is a resource in the list.
type ResourceView struct {
	Resource
	Bookable bool `json:"bookable"`
}

// ListResources lists what can be booked beside people, and what can't be any more.
func (c *Service) ListResources(ctx context.Context) ([]chart.Versioned[ResourceView], error) {
	found, err := c.Resources(ctx)
	out := make([]chart.Versioned[ResourceView], 0, len(found))
	for _, r := range found {
		is, err := c.bookable(ctx, r.Value)
		if err != nil {
			return nil, err
		}
		out = append(out, chart.Versioned[ResourceView]{Value: ResourceView{r.Value, is}, Version: r.Version})
	}
	return out, err
}

// bookable tells whether somebody, or something, will be there.
func (c *Service) bookable(ctx context.Context, r Resource) (bool, error) {
	if len(r.Languages) == 0 {
		return true, nil
	}
	return c.isInterpreter(ctx, r.ID)
}

// SetResource makes a resource (version 1) or replaces it.
func (c *Service) SetResource(ctx context.Context, actor models.Actor, version int64, r Resource) (chart.Versioned[Resource], error) {
	none := chart.Versioned[Resource]{}
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return none, c.refuseStaff(ctx, actor, "resource.refused", "", models.E(models.KindForbidden, "office-only", "Only the office can change this."))
	}
	var checks models.Checks
	checks.Text("name", r.Name, 1, 100)
	for i, l := range r.Languages {
		checks.Text(fmt.Sprintf("languages[%d]", i), l, 2, 35)
	}
	if err := checks.Err(); err != nil {
		return none, err
	}
	if len(r.Languages) > 0 {
		is, err := c.isInterpreter(ctx, r.ID)
		if err != nil {
			return none, err
		}
		if !is {
			return none, models.E(models.KindInvalid, "interpreter-needs-account", "An interpreter needs an account first: use its id here. Nobody can come without one.")
		}
	}
	if r.Hours != nil {
		if err := c.checkHours(ctx, *r.Hours); err != nil {
			return none, err
		}
	}
	doc, err := chart.Encode(r.ID, chart.OwnerSite, version-1, nil, r)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColResources, doc)
	if version == 1 {
		op = store.Insert(chart.ColResources, doc)
	}
	e := c.base.AuditEvent(actor, "resource.changed")
	e.Ref = r.ID
	if err := c.base.Commit(ctx, e, op); err != nil {
		v, err := chart.Again(ctx, c.store, chart.ColResources, r.ID, err, func(stands Resource) bool { return chart.SameJSON(stands, r) })
		v.Version++
		return v, err
	}
	return chart.Versioned[Resource]{Value: r, Version: version + 1}, nil
}

// addResources adds the resources that a role names or whose language it asks for.
func (w *candidates) addResources(ctx context.Context, r VisitRole, cal chart.Versioned[SiteCalendar]) error {
	found, err := w.care.Resources(ctx)
	if err != nil {
		return err
	}
	for _, v := range found {
		if !slices.Contains(r.Who, v.Value.ID) && (len(r.Who) > 0 || r.Language == "" || !slices.Contains(v.Value.Languages, r.Language)) {
			continue
		}
		if bookable, err := w.care.bookable(ctx, v.Value); err != nil {
			return err
		} else if !bookable {
			continue // older programs kept interpreters without an account: nobody would come
		}
		p := &schedule.Candidate{ID: v.Value.ID, Zone: w.care.site.Zone, Languages: v.Value.Languages}
		if v.Value.Hours != nil {
			if p.Open, err = schedule.Compile(*v.Value.Hours, cal.Value.Closures); err != nil {
				return err
			}
		}
		w.people[p.ID] = p
	}
	return nil
}
