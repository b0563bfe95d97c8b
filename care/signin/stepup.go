package signin

import (
	"context"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// stepUpLife is how long a fresh factor holds, for the session that gave it.
const stepUpLife = 10 * time.Minute

// stepUp is the last factor that a session gave. One document a session.
type stepUp struct {
	At  time.Time  `json:"at"`
	Way models.Way `json:"way"`
}

// NeedsStepUp is the refusal of what needs a fresh factor, with the ways that the
// account has for it. None: those that it has are used up or locked.
type NeedsStepUp struct {
	Refusal *models.Error
	Ways    []models.Way
}

func (n *NeedsStepUp) Error() string { return n.Refusal.Error() }

// Unwrap lets the edge find the refusal.
func (n *NeedsStepUp) Unwrap() error { return n.Refusal }

func needsStepUp(ways []models.Way) error {
	return &NeedsStepUp{models.E(models.KindForbidden, "step-up-required", "Please show once more that it is you."), ways}
}

// Fresh is how long a step-up holds.
type Fresh struct {
	Until time.Time `json:"until"`
}

// StepUpNeeded refuses unless the session gave a factor within stepUpLife. An account
// that has no factor is not asked (docs/decisions/0037), and workers are not.
func (c *Service) StepUpNeeded(ctx context.Context, actor models.Actor) error {
	return c.stepUpNeeded(ctx, actor, false)
}

func (c *Service) stepUpNeeded(ctx context.Context, actor models.Actor, emergency bool) error {
	if actor.SessionID == "" {
		return nil
	}
	s, err := chart.Load[stepUp](ctx, c.store, chart.ColStepUps, actor.SessionID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	age := c.now().Sub(s.Value.At)
	if err == nil && age >= 0 && age < stepUpLife && (s.Value.Way != models.WayWord || emergency) {
		return nil
	}
	ways, has, err := c.stepUpWays(ctx, actor.AccountID)
	if err != nil || !has {
		return err
	}
	if emergency {
		ways = append(ways, models.WayWord)
	}
	return needsStepUp(ways)
}

// stepUpWays lists what an account can step up with now. has: it has a factor, also
// where that is locked, or may have one that can't be read.
func (c *Service) stepUpWays(ctx context.Context, accountID string) (ways []models.Way, has bool, err error) {
	w, err := c.waysOf(ctx, accountID)
	if err != nil && (aside.Stops(err) || ctx.Err() != nil) {
		return nil, false, err
	}
	ways, has = []models.Way{}, err != nil
	keys, err := c.store.Query(ctx, chart.ColPasskeys, store.Query{Index: "account", Equal: []any{accountID}, Limit: 1, Unopened: true})
	if err != nil {
		return nil, false, chart.Refusal(err)
	}
	if len(keys.Docs) > 0 {
		has = true
		if c.relying != nil {
			ways = append(ways, models.WayPasskey)
		}
	}
	if p := w.Value.PIN; p != nil {
		has = true
		if p.Wrong < pinMaxWrong {
			ways = append(ways, models.WayPIN)
		}
	}
	if t := w.Value.TOTP; t != nil && t.ConfirmedAt != nil {
		has = true
		if t.Wrong < totpMaxWrong {
			ways = append(ways, models.WayTOTP)
		}
	}
	if n, err := c.recoveryCodesLeft(ctx, accountID); err != nil {
		return nil, false, err
	} else if n > 0 && has {
		ways = append(ways, models.WayRecoveryCode)
	}
	return ways, has, nil
}

// freshOp notes a factor that a session gives at its beginning.
func (c *Service) freshOp(s models.Session) (store.Op, error) {
	doc, err := chart.Encode(s.ID, sessionOwner(s), 0, nil, stepUp{c.now().UTC(), s.Way})
	return store.Insert(chart.ColStepUps, doc), err
}

// proveSession notes that a session gave a factor now, in the batch of what it proves.
// A session of staff that began without one has one from then on.
func (c *Service) proveSession(ctx context.Context, actor models.Actor, way models.Way) ([]store.Op, error) {
	v, err := chart.Load[stepUp](ctx, c.store, chart.ColStepUps, actor.SessionID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	doc, err := chart.Encode(actor.SessionID, actorOwner(actor), v.Version, nil, stepUp{c.now().UTC(), way})
	if err != nil {
		return nil, err
	}
	ops := []store.Op{store.Replace(chart.ColStepUps, doc)}
	if v.IsNew() {
		ops[0] = store.Insert(chart.ColStepUps, doc)
	}
	if !way.Factor() {
		return ops, nil
	}
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, actor.SessionID)
	if err != nil || s.Value.Way.Factor() {
		return ops, err
	}
	s.Value.Way = way
	sdoc, err := chart.Encode(s.Value.ID, sessionOwner(s.Value), s.Version, sessionKeys(s.Value), s.Value)
	return append(ops, store.Replace(chart.ColSessions, sdoc)), err
}

// stepped commits a step-up with what it used. Nothing of it is lost by a refresh at
// the same time.
func (c *Service) stepped(ctx context.Context, actor models.Actor, way models.Way, whom string, more ...store.Op) (Fresh, error) {
	e := c.wayLine(actor, "session.stepped-up", way)
	e.Whom = whom
	return c.steppedLed(ctx, actor, way, e, more...)
}

// steppedLed is stepped with the line that leads the batch.
func (c *Service) steppedLed(ctx context.Context, actor models.Actor, way models.Way, e models.AuditEvent, more ...store.Op) (Fresh, error) {
	for {
		ops, err := c.proveSession(ctx, actor, way)
		if err != nil {
			return Fresh{}, err
		}
		err = c.base.Commit(ctx, e, append(ops, more...)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && len(more) == 0 && ctx.Err() == nil {
			continue
		}
		if err == nil {
			c.sessions.end(actor.SessionID)
		}
		return Fresh{c.now().UTC().Add(stepUpLife)}, err
	}
}

// OfferStepUp begins a step-up with one of the actor's own passkeys.
func (c *Service) OfferStepUp(ctx context.Context, actor models.Actor) (Request, error) {
	if c.relying == nil {
		return Request{}, errNoPasskeys()
	}
	keys, err := c.passkeysOf(ctx, actor.AccountID)
	if err != nil {
		return Request{}, err
	}
	if len(keys) == 0 {
		return Request{}, models.NotFound()
	}
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil {
		return Request{}, err
	}
	verify := protocol.VerificationPreferred
	if actor.Role.Staff() {
		verify = protocol.VerificationRequired
	}
	made, ceremony, err := c.relying.BeginLogin(holder{w.Value.Handle, "", credentials(keys)}, webauthn.WithUserVerification(verify))
	if err != nil {
		return Request{}, err
	}
	err = c.keepChallenge(ctx, challenge{For: toStepUp, AccountID: actor.AccountID, SessionID: actor.SessionID, Ceremony: *ceremony})
	return Request{made.Response, challengeRenew}, err
}

// StepUpWithPasskey notes a fresh passkey of the actor for their session.
func (c *Service) StepUpWithPasskey(ctx context.Context, actor models.Actor, a Asserted) (Fresh, error) {
	if c.relying == nil {
		return Fresh{}, errNoPasskeys()
	}
	parsed, err := a.parse()
	if err != nil {
		return Fresh{}, c.refusePasskey(ctx, nil)
	}
	ch, use, ok, err := c.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, toStepUp, models.Actor{AccountID: actor.AccountID, SessionID: actor.SessionID})
	if err != nil {
		return Fresh{}, err
	}
	key, err := chart.Load[passkey](ctx, c.store, chart.ColPasskeys, passkeyID(parsed.RawID))
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return Fresh{}, err
	}
	if err != nil || key.Value.AccountID != actor.AccountID || !ok {
		return Fresh{}, c.refusePasskey(ctx, use)
	}
	ch.Ceremony.AllowedCredentialIDs = [][]byte{parsed.RawID} // others of the account may have gone meanwhile
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil {
		return Fresh{}, err
	}
	used, proven := c.relying.judge(ch, ok, w.Value.Handle, key, parsed)
	if !proven {
		return Fresh{}, c.refusePasskey(ctx, use)
	}
	moved, err := c.usedOps(key, used)
	if err != nil {
		return Fresh{}, err
	}
	fresh, err := c.stepped(ctx, actor, models.WayPasskey, "", append(use, moved)...)
	if k := models.KindOf(err); k == models.KindStale && ctx.Err() == nil {
		return c.StepUpWithPasskey(ctx, actor, a)
	}
	return fresh, err
}
