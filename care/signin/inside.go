package signin

import (
	"context"
	"time"

	"handrail/models"
	"handrail/store"
)

// Inside is what the other parts of care ask of signing in. It asks for nobody's
// right, so nothing outside of care gets one.
type Inside struct{ service *Service }

// Copies names who keeps crisis plans ready for the phones of sessions. Call it
// before anybody signs in.
func (i *Inside) Copies(c PlanCopies) { i.service.copies = c }

// CancelOps end every open code of an account. Of two batches that hold them one
// fails with KindStale or KindConflict.
func (i *Inside) CancelOps(ctx context.Context, a models.Account) ([]store.Op, error) {
	return i.service.cancelOps(ctx, a)
}

// EndSession ends a session, for one of the reasons of models.
func (i *Inside) EndSession(ctx context.Context, actor models.Actor, sessionID, why string) error {
	return i.service.endSession(ctx, actor, sessionID, why)
}

// EndAllSessions ends every session of an account.
func (i *Inside) EndAllSessions(ctx context.Context, actor models.Actor, accountID, why string) error {
	return i.service.endAllSessions(ctx, actor, accountID, why)
}

// RememberErased leaves a word for every device that a person ever had.
func (i *Inside) RememberErased(ctx context.Context, accountID string) error {
	return i.service.rememberErased(ctx, accountID)
}

// Verify checks signature, issuer and audience of an access token, not its end.
func (i *Inside) Verify(ctx context.Context, bearer string) (Claims, error) {
	return i.service.tokens.Verify(ctx, bearer)
}

// NotLive is the answer to the proven holder of a session that lets nobody in. err is
// what reading the session gave.
func (i *Inside) NotLive(ctx context.Context, id string, s models.Session, err error) error {
	return i.service.notLive(ctx, id, s, err)
}

// SessionLife is how long a session of a role lives without use.
func (i *Inside) SessionLife(r models.Role) time.Duration { return i.service.sessionLife(r) }

// Sessions lists the actor's live sessions, newest first.
func (i *Inside) Sessions(ctx context.Context, actor models.Actor) ([]models.Session, error) {
	return i.service.Sessions(ctx, actor)
}

// Sign wraps bytes in a compact JWS under the newest signing key.
func (i *Inside) Sign(payload []byte) (string, error) { return i.service.sign(payload) }

// Accepts tells whether phones may still be given what a key signed.
func (i *Inside) Accepts(kid string) bool { return i.service.accepts(kid) }

// StepUpNeeded refuses unless the actor's session has shown a factor of late.
func (i *Inside) StepUpNeeded(ctx context.Context, actor models.Actor) error {
	return i.service.StepUpNeeded(ctx, actor)
}

// EmergencyStepUpNeeded is StepUpNeeded where a colleague's word is enough too.
func (i *Inside) EmergencyStepUpNeeded(ctx context.Context, actor models.Actor) error {
	return i.service.stepUpNeeded(ctx, actor, true)
}
