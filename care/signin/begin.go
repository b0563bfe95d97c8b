package signin

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Elsewhere is a sign-in that another part has found to hold.
type Elsewhere struct {
	Provider string     // by name
	Way      models.Way // WayProvider or WayProviderFactor
}

// Begin makes a session for somebody whose identity another part has found out, such
// as by the sign-in of their hospital. It is there when its ops are committed with its
// audit event; FirstAnswer then gives the tokens.
func (i *Inside) Begin(ctx context.Context, a models.Account, device models.Device, by Elsewhere) (models.Session, models.AuditEvent, []store.Op, error) {
	c := i.service
	s := c.newSession(ctx, a, device)
	s.Provider, s.Way = by.Provider, by.Way
	ops, _, err := c.sessionOps(s, a)
	e := c.base.AuditEvent(s.Actor(), "session.started")
	e.Ref, e.PatientID, e.Device = s.ID, a.PatientID, device.Name
	e.At = s.CreatedAt
	return s, e, ops, err
}

// FirstAnswer gives the tokens of a session that has begun, again and again until the
// first refresh token was used: then the answer has arrived. KindUnsigned: it was, the
// session has ended, or it is bound to another key than that of the thumbprint.
func (i *Inside) FirstAnswer(ctx context.Context, sessionID, thumbprint string) (SignedIn, error) {
	c := i.service
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
	if err != nil || !s.Value.Live(c.now()) || s.Value.KeyThumbprint != thumbprint {
		return SignedIn{}, unlessDown(err, ErrSignedOut())
	}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, sessionID)
	if err != nil || r.Value.Number != 1 {
		return SignedIn{}, unlessDown(err, ErrSignedOut())
	}
	return c.signedIn(ctx, s.Value, c.tokens.refresh(sessionID, 1))
}

// CheckDevice refuses a device that can't be named in a session, and fills in what it
// leaves out.
func (i *Inside) CheckDevice(d models.Device) (models.Device, error) { return checkDevice(d) }
