package visits

import (
	"context"
	"fmt"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// SiteCalendar says where the clinic is and when it is shut.
type SiteCalendar struct {
	Sites    []Location         `json:"sites"`
	Closures []schedule.Closure `json:"closures"`
}

// Location is one site of the clinic.
type Location struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Zone    string `json:"zone"`
}

// maxSites bounds the sites of a clinic; the others their texts, in characters.
const (
	maxSites       = 50
	MaxSiteName    = 100
	MaxSiteAddress = 300
)

// calendarID is the one document of the collection.
const calendarID = "calendar"

func (s SiteCalendar) has(id string) bool {
	for _, p := range s.Sites {
		if p.ID == id {
			return true
		}
	}
	return false
}

// siteCalendar loads the calendar; a clinic that has said nothing has none.
func (c *Service) siteCalendar(ctx context.Context) (chart.Versioned[SiteCalendar], error) {
	v, err := chart.Load[SiteCalendar](ctx, c.store, chart.ColCalendar, calendarID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[SiteCalendar]{Value: SiteCalendar{Sites: []Location{}, Closures: []schedule.Closure{}}}, nil
	}
	return v, err
}

// SiteCalendar reads the sites and closures. Everybody who is signed in may know
// them. The empty calendar is version 1.
func (c *Service) SiteCalendar(ctx context.Context) (chart.Versioned[SiteCalendar], error) {
	v, err := c.siteCalendar(ctx)
	v.Version++
	return v, err
}

// SetSiteCalendar replaces the sites and closures. Visits that a closure meets
// stay and show as broken in each clinician's availability.
func (c *Service) SetSiteCalendar(ctx context.Context, actor models.Actor, version int64, s SiteCalendar) (chart.Versioned[SiteCalendar], error) {
	none := chart.Versioned[SiteCalendar]{}
	if actor.Role != models.RoleAdministrator {
		return none, c.refuseStaff(ctx, actor, "site-calendar.refused", calendarID, onlyAdministrators())
	}
	if err := s.check(); err != nil {
		return none, err
	}
	doc, err := chart.Encode(calendarID, chart.OwnerSite, version-1, nil, s)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColCalendar, doc)
	if version == 1 {
		op = store.Insert(chart.ColCalendar, doc)
	}
	e := c.base.AuditEvent(actor, "site-calendar.changed")
	e.Ref = calendarID
	if err := c.base.Commit(ctx, e, op); err != nil {
		v, err := chart.Again(ctx, c.store, chart.ColCalendar, calendarID, err, func(stands SiteCalendar) bool { return chart.SameJSON(stands, s) })
		v.Version++
		return v, err
	}
	return chart.Versioned[SiteCalendar]{Value: s, Version: version + 1}, nil
}

func (s SiteCalendar) check() error {
	var c models.Checks
	c.Require(len(s.Sites) <= maxSites, "sites", "too-many", "There are too many of these.")
	for i, p := range s.Sites {
		at := fmt.Sprintf("sites[%d]", i)
		c.Text(at+".id", p.ID, 1, schedule.MaxKey)
		c.Text(at+".name", p.Name, 1, MaxSiteName)
		c.Text(at+".address", p.Address, 0, MaxSiteAddress)
		c.Zone(at+".zone", p.Zone)
		c.Require(!(SiteCalendar{Sites: s.Sites[:i]}).has(p.ID), at+".id", "twice", "Two sites have the same id.")
	}
	for i, x := range s.Closures {
		c.Require(x.Site == "" || s.has(x.Site), fmt.Sprintf("closures[%d].site", i), "unknown-site", "This is none of the clinic's sites.")
	}
	if err := c.Err(); err != nil {
		return err
	}
	_, err := schedule.Compile(schedule.Availability{Zone: "UTC"}, s.Closures)
	return err
}

func onlyAdministrators() error {
	return models.E(models.KindForbidden, "administrators-only", "Only an administrator can change this.")
}
