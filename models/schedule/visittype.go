package schedule

import (
	"fmt"
	"slices"

	"handrail/models"
)

// VisitType is a kind of visit that can be booked.
type VisitType struct {
	ID            string        `json:"id"`
	Name          string        `json:"name"`
	Minutes       int           `json:"minutes"`                 // 5..720
	BeforeMinutes int           `json:"beforeMinutes,omitempty"` // a clinician's buffer: kept free of other visits
	AfterMinutes  int           `json:"afterMinutes,omitempty"`
	Modalities    []Modality    `json:"modalities"`
	Sites         []string      `json:"sites,omitempty"`       // in person: where; none: at any
	LeadMinutes   int           `json:"leadMinutes,omitempty"` // it begins no sooner than this from now
	HorizonDays   int           `json:"horizonDays"`           // and no later than this
	PerDay        int           `json:"perDay,omitempty"`      // of this type, for one clinician on one date of their home clock; 0: any number
	GridMinutes   int           `json:"gridMinutes"`           // starts lie on it: 5, 10, 15, 20, 30 or 60
	BookableBy    []models.Role `json:"bookableBy"`
	LateCancel    int           `json:"lateCancelMinutes,omitempty"` // a cancellation that is nearer to the start is late
	// With is who usually comes, one of each: what a page offers first. It binds nobody.
	With []models.Discipline `json:"with,omitempty"`
}

// Grids lists the steps that a visit type's starts may lie on, in minutes.
var Grids = []int{5, 10, 15, 20, 30, 60}

// maxWith is as many as can come beside the patient.
const maxWith = 10

// Check refuses a visit type that can't be. The error names every field.
func (v VisitType) Check() error {
	var c models.Checks
	v.check(&c, "")
	return c.Err()
}

func (v VisitType) check(c *models.Checks, at string) {
	c.Text(at+"id", v.ID, 1, MaxKey)
	c.Text(at+"name", v.Name, 1, 100)
	inRange(c, at+"minutes", v.Minutes, 5, MaxVisit)
	inRange(c, at+"beforeMinutes", v.BeforeMinutes, 0, MaxBuffer)
	inRange(c, at+"afterMinutes", v.AfterMinutes, 0, MaxBuffer)
	inRange(c, at+"leadMinutes", v.LeadMinutes, 0, MaxNotice)
	inRange(c, at+"horizonDays", v.HorizonDays, 1, MaxHorizon)
	inRange(c, at+"perDay", v.PerDay, 0, MaxDayClaims)
	inRange(c, at+"lateCancelMinutes", v.LateCancel, 0, MaxNotice)
	inRange(c, at+"modalities", len(v.Modalities), 1, len(Modalities))
	inRange(c, at+"bookableBy", len(v.BookableBy), 1, len(models.Roles))
	tooMany(c, at+"sites", len(v.Sites), 50)
	c.Require(slices.Contains(Grids, v.GridMinutes), at+"gridMinutes", "bad-grid", "The grid is 5, 10, 15, 20, 30 or 60 minutes.")
	tooMany(c, at+"with", len(v.With), maxWith)
	for i, d := range v.With {
		c.Require(d.Valid(), fmt.Sprintf("%swith[%d]", at, i), "unknown-discipline", "This is no discipline.")
	}
	for i, m := range v.Modalities {
		c.Require(m.Valid(), fmt.Sprintf("%smodalities[%d]", at, i), "unknown-modality", "This is no modality.")
	}
	for i, r := range v.BookableBy {
		c.Require(r.Valid(), fmt.Sprintf("%sbookableBy[%d]", at, i), "unknown-role", "This is no role.")
	}
}
