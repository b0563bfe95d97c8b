package alerts

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// about is what a check-in asks for that has no signal: whether alerts are on, whose it
// is, and who reads it.
type about struct {
	settings Settings
	name     string
	readers  []risk.Person
}

// aboutOf are the collections that about is read of.
var aboutOf = []string{chart.ColAlertSettings, chart.ColPatients, chart.ColConsents, chart.ColRestrictions, chart.ColMemberships, chart.ColAccounts,
	chart.ColInProgramme, chart.ColProgrammes}

// about is readAbout, or what that said before; then the batch in which it is used begins
// with same (decision 0106).
func (c *Service) about(ctx context.Context, patientID string) (about, []store.Op, error) {
	return c.abouts.Read(ctx, patientID, c.now(), func(ctx context.Context) (about, time.Time, error) {
		return c.readAbout(ctx, patientID)
	})
}

// readAbout reads it; until is when it changes though nobody writes anything.
func (c *Service) readAbout(ctx context.Context, patientID string) (out about, until time.Time, err error) {
	s, err := c.settings(ctx)
	if err != nil {
		return out, until, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return out, until, err
	}
	out.settings, out.name = s.Value, p.Value.Name
	out.readers, until, err = c.readers(ctx, patientID, s.Value)
	return out, until, err
}

// soonest is the earliest of the moments that are still to come; zero: none is.
type soonest struct{ now, at time.Time }

func (s *soonest) add(at *time.Time) {
	if at != nil && at.After(s.now) && (s.at.IsZero() || at.Before(s.at)) {
		s.at = *at
	}
}

// endsByItself tells when what a team may do changes by the time alone.
func (m members) endsByItself(now time.Time) time.Time {
	s := soonest{now: now}
	for _, v := range m.consents {
		s.add(v.Value.RevokedAt)
		s.add(v.Value.Expiry.At)
	}
	for _, v := range m.all {
		s.add(&v.Value.Since)
		s.add(v.Value.Until)
	}
	return s.at
}
