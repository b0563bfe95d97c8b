package videovisit

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
)

// VideoNote is something that happened in a video room: ids and codes, no content.
type VideoNote struct {
	At        time.Time
	VisitID   string
	AccountID string
	Action    string // "visit.admit", "visit.huddle" ...
	Whom      string // an account, where the action is done to somebody
	On        bool   // of what is switched on and off
}

// switched are the actions that have two directions.
var switched = map[string]bool{"visit.huddle": true, "visit.lock": true}

// NoteVideo writes a line about a room into the patient's access log. It carries the
// ground on which the person was there at that moment.
func (c *Service) NoteVideo(ctx context.Context, n VideoNote) error {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, n.VisitID)
	if err != nil {
		return err
	}
	actor, d, err := c.standing(ctx, n.AccountID, v.Value.PatientID)
	if err != nil {
		return err
	}
	if switched[n.Action] && !n.On {
		n.Action += ".off"
	}
	e := c.base.AuditEvent(actor, n.Action)
	e.At, e.PatientID, e.Ref, e.Whom = n.At.UTC(), v.Value.PatientID, n.VisitID, n.Whom
	if v.Value.PatientID == "" { // a conference: the line is its own, not a chart's
		return c.base.Note(ctx, e)
	}
	e.Section, e.Purpose = models.SectionAppointments, models.PurposeOf(actor.Role)
	e.Basis, e.ConsentID = d.Basis, d.ConsentID
	return c.base.Note(ctx, e)
}
