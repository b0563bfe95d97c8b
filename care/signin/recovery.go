package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Recovery codes are twelve letters and digits, "K7QF-3MXW-9A2T" (60 bits): too many to
// try, so any place may ask. Only an HMAC of each under a secret of the site is kept,
// as its id.
const (
	recoveryCodes   = 10
	recoveryCodeLen = 12
)

// recoveryCode is one that was not used. A use takes it away.
type recoveryCode struct {
	AccountID string    `json:"accountId"`
	MadeAt    time.Time `json:"madeAt"`
}

// RecoveryCodes are shown once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

func (c *Service) recoveryID(raw string) string {
	m := hmac.New(sha256.New, c.tokens.pepper)
	m.Write(store.JoinText("recovery", raw))
	return b64(m.Sum(nil))
}

// NewRecoveryCodes makes ten codes for the actor; those before them end. It asks for a
// fresh factor where there is one.
func (c *Service) NewRecoveryCodes(ctx context.Context, actor models.Actor) (RecoveryCodes, error) {
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return RecoveryCodes{}, err
	}
	if err := c.standsForAFactor(ctx, actor); err != nil {
		return RecoveryCodes{}, err
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	var out RecoveryCodes
	var ops []store.Op
	for range recoveryCodes {
		b := make([]byte, recoveryCodeLen)
		rand.Read(b)
		raw := inCodeAlphabet(b)
		doc, err := chart.Encode(c.recoveryID(raw), actorOwner(actor), 0,
			store.Keys{"accountId": actor.AccountID, "createdAt": chart.Millis(now)}, recoveryCode{actor.AccountID, now})
		if err != nil {
			return RecoveryCodes{}, err
		}
		ops = append(ops, store.Insert(chart.ColRecovery, doc))
		out.Codes = append(out.Codes, raw[:4]+"-"+raw[4:8]+"-"+raw[8:])
	}
	err := c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(*waysIn) (models.AuditEvent, []store.Op, error) {
		old, err := c.codesLeft(ctx, actor.AccountID)
		all := ops
		for _, d := range old {
			all = append(all, store.Delete(chart.ColRecovery, d.ID, d.Version))
		}
		e := c.wayLine(actor, "way-in.added", models.WayRecoveryCode)
		if e.At = now; len(old) > 0 {
			e.Action = "way-in.changed"
		}
		return e, all, err
	})
	if err != nil {
		return RecoveryCodes{}, err
	}
	return out, nil
}

// standsForAFactor refuses staff who have no factor: a recovery code stands for one that
// is lost, and is none by itself.
func (c *Service) standsForAFactor(ctx context.Context, actor models.Actor) error {
	if !actor.Role.Staff() {
		return nil
	}
	if _, has, err := c.stepUpWays(ctx, actor.AccountID); err != nil || has {
		return err
	}
	return models.E(models.KindConflict, "factor-first", "Add a passkey or an app with codes first. These codes are for when it is lost.")
}

func (c *Service) codesLeft(ctx context.Context, accountID string) ([]store.Doc, error) {
	page, err := c.store.Query(ctx, chart.ColRecovery, store.Query{Index: "account", Equal: []any{accountID}, Limit: store.MaxBatch / 2, Unopened: true})
	return page.Docs, chart.Refusal(err)
}

func (c *Service) recoveryCodesLeft(ctx context.Context, accountID string) (int, error) {
	docs, err := c.codesLeft(ctx, accountID)
	return len(docs), err
}

// errRecovery is the one answer to a recovery code that does not open.
func errRecovery() error {
	return models.E(models.KindInvalid, "recovery-code-not-valid", "This recovery code does not work. Each one works once.")
}

// findRecoveryCode reads what was typed: any case, any separators.
func (c *Service) findRecoveryCode(ctx context.Context, typed string) (chart.Versioned[recoveryCode], string, error) {
	id := c.recoveryID(plainCode(typed))
	v, err := chart.Load[recoveryCode](ctx, c.store, chart.ColRecovery, id)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	return v, id, err
}

// recoveryCodeOf finds one of an account's codes, to be used up in the batch of what it
// opens. Of two uses at once the second finds it gone (lostRace).
func (c *Service) recoveryCodeOf(ctx context.Context, who models.Actor, typed string) (*usedCode, error) {
	v, id, err := c.findRecoveryCode(ctx, typed)
	if err != nil {
		return nil, err
	}
	if v.IsNew() || v.Value.AccountID != who.AccountID {
		return nil, c.refuseRecovery(ctx)
	}
	e := c.wayLine(who, "recovery-code.used", models.WayRecoveryCode)
	e.Ref = wayOf(models.WayRecoveryCode, id)
	return &usedCode{e, store.Delete(chart.ColRecovery, id, v.Version)}, nil
}

// lostRace tells that something of a batch was changed meanwhile.
func lostRace(err error) bool {
	k := models.KindOf(err)
	return k == models.KindNotFound || k == models.KindStale
}

// refuseRecovery writes a wrong code down, in one commit as every other outcome.
func (c *Service) refuseRecovery(ctx context.Context) error {
	e := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "recovery-code.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "recovery-code-not-valid"
	if err := c.base.Note(ctx, e); err != nil {
		return err
	}
	return errRecovery()
}

// unlocking commits ops and lets a PIN and TOTP that were locked be tried again: their
// person came by another way.
func (c *Service) unlocking(ctx context.Context, who models.Actor, e models.AuditEvent, ops ...store.Op) error {
	w, err := c.waysOf(ctx, who.AccountID)
	switch {
	case err != nil && (aside.Stops(err) || ctx.Err() != nil):
		return err
	case err != nil: // that a count can't be set back shuts nobody out
		if c.base.Told.Once("ways " + who.AccountID) {
			c.log.Error("somebody's ways in can't be read", "account", who.AccountID, "cause", aside.Cause(err))
		}
		return c.base.Commit(ctx, e, ops...)
	}
	if !w.IsNew() && (w.Value.PIN != nil && w.Value.PIN.Wrong > 0 || w.Value.TOTP != nil && w.Value.TOTP.Wrong > 0) {
		if w.Value.PIN != nil {
			w.Value.PIN.Wrong = 0
		}
		if w.Value.TOTP != nil {
			w.Value.TOTP.Wrong = 0
		}
		op, err := waysOp(who.AccountID, actorOwner(who), w)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	return c.base.Commit(ctx, e, ops...)
}

// SignInWithRecoveryCode signs in on a device and uses the code up. For staff it is no
// way of its own: they show it beside a code of the office.
func (c *Service) SignInWithRecoveryCode(ctx context.Context, typed string, device models.Device) (SignedIn, error) {
	device, err := checkDevice(device)
	if err != nil {
		return SignedIn{}, err
	}
	v, id, err := c.findRecoveryCode(ctx, typed)
	if err != nil {
		return SignedIn{}, err
	}
	who, sessionID := v.Value.AccountID, sessionOfCode(id, device.ID)
	if v.IsNew() {
		who = id // nobody's, read all the same
		again, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, sessionID)
		if err == nil && c.now().Sub(again.Value.CreatedAt) < codeReplay {
			return c.successorAgain(ctx, sessionID) // the first answer was lost
		}
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return SignedIn{}, err
		}
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, who)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return SignedIn{}, err
	}
	if err != nil || a.Value.Status != models.AccountActive || a.Value.Role.Staff() {
		return SignedIn{}, c.refuseRecovery(ctx)
	}
	s := c.newSession(ctx, a.Value, device)
	s.ID, s.Way = sessionID, models.WayRecoveryCode
	ops, refresh, err := c.sessionOps(s, a.Value)
	if err != nil {
		return SignedIn{}, err
	}
	e := c.base.AuditEvent(s.Actor(), "session.started")
	e.Ref, e.PatientID, e.Device, e.At = s.ID, s.PatientID, device.Name, s.CreatedAt
	used := c.wayLine(s.Actor(), "recovery-code.used", models.WayRecoveryCode)
	used.Ref = wayOf(models.WayRecoveryCode, id)
	line, err := chart.AuditOp(e)
	if err != nil {
		return SignedIn{}, err
	}
	err = c.unlocking(ctx, s.Actor(), used, append(ops, line, store.Delete(chart.ColRecovery, id, v.Version))...)
	if (lostRace(err) || models.KindOf(err) == models.KindConflict) && ctx.Err() == nil {
		return c.SignInWithRecoveryCode(ctx, typed, device) // by what stands now
	}
	if err != nil {
		return SignedIn{}, err
	}
	return c.signedIn(ctx, s, refresh)
}

// sessionOfCode names the one session that a recovery code opens on a device.
func sessionOfCode(id, deviceID string) string {
	return uuid.NewHash(sha256.New(), successorSpace, store.JoinText("recovery", id, deviceID), 8).String()
}

// StepUpWithRecoveryCode uses one of the actor's codes for their session.
func (c *Service) StepUpWithRecoveryCode(ctx context.Context, actor models.Actor, typed string) (Fresh, error) {
	if err := c.standsForAFactor(ctx, actor); err != nil {
		return Fresh{}, err
	}
	for {
		used, err := c.recoveryCodeOf(ctx, actor, typed)
		if err != nil {
			return Fresh{}, err
		}
		line, err := chart.AuditOp(c.wayLine(actor, "session.stepped-up", models.WayRecoveryCode))
		if err != nil {
			return Fresh{}, err
		}
		// the line of the code leads: the journal of ends reads of it that the code is used
		fresh, err := c.steppedLed(ctx, actor, models.WayRecoveryCode, used.line, line, used.op)
		if !lostRace(err) || ctx.Err() != nil {
			return fresh, err
		}
	}
}
