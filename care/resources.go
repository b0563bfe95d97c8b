package care

import (
	"context"
	"fmt"
	"slices"

	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// Resource is what a visit can need beside people with an account: an interpreter
// of an agency, a room.
type Resource struct {
	ID        string                 `json:"id"`
	Name      string                 `json:"name"`
	Languages []string               `json:"languages,omitempty"` // BCP 47, of an interpreter
	Hours     *schedule.Availability `json:"availability,omitempty"`
}

// Resources lists what can be booked beside people.
func (c *Care) Resources(ctx context.Context) ([]Versioned[Resource], error) {
	found, err := every[Resource](ctx, c.store, colResources, store.Query{Index: store.IDIndex})
	for i := range found {
		found[i].Version++
	}
	return found, err
}

// SetResource makes a resource (version 1) or replaces it.
func (c *Care) SetResource(ctx context.Context, actor models.Actor, version int64, r Resource) (Versioned[Resource], error) {
	none := Versioned[Resource]{}
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
	if r.Hours != nil {
		if err := c.checkHours(ctx, *r.Hours); err != nil {
			return none, err
		}
	}
	doc, err := encode(r.ID, ownerSite, version-1, nil, r)
	if err != nil {
		return none, err
	}
	op := store.Replace(colResources, doc)
	if version == 1 {
		op = store.Insert(colResources, doc)
	}
	l := c.auditLine(actor, "resource.changed")
	l.Ref = r.ID
	err = c.commit(ctx, l, op)
	if k := models.KindOf(err); k == models.KindConflict || k == models.KindNotFound {
		return none, refusal(store.ErrConflict)
	}
	return Versioned[Resource]{r, version + 1}, err
}

// addResources adds the resources that a role names or whose language it asks for.
func (w *world) addResources(ctx context.Context, r VisitRole, cal Versioned[SiteCalendar]) error {
	found, err := w.care.Resources(ctx)
	if err != nil {
		return err
	}
	for _, v := range found {
		if !slices.Contains(r.Who, v.Value.ID) && (len(r.Who) > 0 || r.Language == "" || !slices.Contains(v.Value.Languages, r.Language)) {
			continue
		}
		p := &schedule.Person{ID: v.Value.ID, Zone: w.care.site.Zone, Languages: v.Value.Languages}
		if v.Value.Hours != nil {
			if p.Open, err = schedule.Compile(*v.Value.Hours, cal.Value.Closures); err != nil {
				return err
			}
		}
		w.people[p.ID] = p
	}
	return nil
}
