// Package record is what a patient tells and plans from day to day: goals, check-ins
// with their form and their times, and the feed by which phones follow.
package record

import (
	"context"
	"time"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// Service is the use cases of the record.
type Service struct {
	// MaxSeries is the most that one trend reads: dozens of check-ins on each day of the
	// longest range. More are refused; the newest days must not go missing.
	MaxSeries int

	base  *chart.Base
	store store.Store
	now   models.Clock
	site  models.Site

	alerts Alerts
	needs  Needs
	queue  chart.Queue // of the check-ins of one patient
	forms  *chart.Remembered[int64]
}

// Alerts is what the record asks of the alerts, without a caller's right.
type Alerts interface {
	// CheckInOps are what a check-in brings along, for its own batch, which begins with
	// same; kept is called when that is durable.
	CheckInOps(ctx context.Context, in checkin.CheckIn) (same, ops []store.Op, kept func(), err error)
	// Watch is what is true about who is told of a check-in that is stored.
	Watch(ctx context.Context, in checkin.CheckIn) alerts.Watch
	// Monitoring is who reads what the patient sends, in the clinic's words.
	Monitoring(ctx context.Context, patientID string) models.Monitoring
	// ReadBy tells who read the check-ins of a patient that were answered in [from, to].
	ReadBy(ctx context.Context, patientID string, from, to time.Time) (map[string]checkin.ReadBy, error)
}

// Needs is what the record asks of the needs beside care.
type Needs interface {
	// TellOps are what a check-in tells of them, for its own batch.
	TellOps(ctx context.Context, in checkin.CheckIn) ([]store.Op, error)
}

// NeedsBy says who keeps what check-ins tell of needs beside care. Once, before it serves.
func (c *Service) NeedsBy(n Needs) { c.needs = n }

// New makes them.
func New(base *chart.Base, a Alerts) *Service {
	return &Service{MaxSeries: 50_000, base: base, store: base.Store, now: base.Now, site: base.Site, alerts: a, forms: chart.NewRemembered[int64](base.Store, chart.ColForms)}
}
