package signin

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// officeEnds are the ends that the office can say of somebody's device.
var officeEnds = []string{models.EndReportedLost, models.EndGivenBack}

// SessionsOf lists an account's devices for the office, the newest first: those that
// are signed in, and those that may still hold what they had when their session ended
// by itself.
func (c *Service) SessionsOf(ctx context.Context, actor models.Actor, accountID string) ([]models.Session, error) {
	a, err := c.officeOf(ctx, actor, accountID)
	if err != nil {
		return nil, err
	}
	found, err := chart.Every[models.Session](ctx, c.store, chart.ColSessions,
		store.Query{Index: "account", Equal: []any{accountID}, Desc: true})
	if err != nil {
		return nil, err
	}
	out := []models.Session{}
	for _, s := range found {
		if _, wiped := models.WipesDevice(s.Value.EndedWhy); !wiped {
			out = append(out, s.Value)
		}
	}
	e := c.base.AuditEvent(actor, "sessions.listed")
	e.Ref, e.PatientID, e.Count = a.ID, a.PatientID, len(out)
	return out, c.base.Note(ctx, e)
}

// EndSessionOf ends somebody's device at the office: it was reported lost, or came
// back from being lent. The device forgets its person when it next asks. It also
// holds for a session that had ended by itself. Twice is once.
func (c *Service) EndSessionOf(ctx context.Context, actor models.Actor, accountID, sessionID, why string) error {
	if _, err := c.officeOf(ctx, actor, accountID); err != nil {
		return err
	}
	var checks models.Checks
	checks.Require(slices.Contains(officeEnds, why), "reason", "unknown-reason", "Say that it was lost or that it was given back.")
	if err := checks.Err(); err != nil {
		return err
	}
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
	if err != nil {
		return err
	}
	if s.Value.AccountID != accountID {
		return models.NotFound()
	}
	return c.endSession(ctx, actor, sessionID, why)
}

// SignedInBefore tells whether an account had signed in before a moment, for workers.
func (c *Service) SignedInBefore(ctx context.Context, accountID string, at time.Time) (bool, error) {
	page, err := c.store.Query(ctx, chart.ColSessions, store.Query{Index: "account", Equal: []any{accountID}, To: chart.Millis(at), Limit: 1})
	return len(page.Docs) > 0, chart.Refusal(err)
}
