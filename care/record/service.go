// Package record is what a patient tells and plans from day to day: goals, check-ins
// with their form and their times, and the feed by which phones follow.
package record

import (
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of the record.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	site  models.Site
}

// New makes them.
func New(base *chart.Base) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, site: base.Site}
}

// FormOp inserts the form that every patient begins with.
func (c *Service) FormOp(patientID string) (store.Op, error) { return c.formOp(patientID) }
