package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"time"

	"github.com/google/uuid"
	"golang.org/x/crypto/argon2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// A PIN lets a person in again on a device that they were signed in on: the device
// shows the last refresh token of its session, which only this site can make. So a PIN
// that somebody saw opens nothing elsewhere. See docs/decisions/0036.

// pinMaxWrong is how many wrong tries in a row end a PIN, until its person comes in by
// another way. They are counted before they are judged, durably.
const pinMaxWrong = 5

// pinJudged bounds how long a try is judged after it was counted.
const pinJudged = 10 * time.Second

// Argon2id with the second of the parameters that OWASP recommends (19 MiB, two passes,
// one lane). pinTurns bounds the memory of tries at once.
const (
	pinPasses, pinMemory, pinLanes = 2, 19 << 10, 1 // memory in KiB
	pinTurns                       = 2
)

// pin is what is kept of one.
type pin struct {
	Salt  []byte    `json:"salt"`
	Hash  []byte    `json:"hash"`
	SetAt time.Time `json:"setAt"`
	Wrong int       `json:"wrong"`
}

// PINView is what its person sees of a PIN.
type PINView struct {
	SetAt  time.Time `json:"setAt"`
	Locked bool      `json:"locked"`
}

// takePINTurn waits for a turn of pinHash.
func (c *Service) takePINTurn(ctx context.Context) (release func(), err error) {
	select {
	case c.pinTurn <- struct{}{}:
		return func() { <-c.pinTurn }, nil
	case <-ctx.Done():
		return nil, chart.Refusal(ctx.Err())
	}
}

// pinHash makes a hash that is useless without the store's own secret. Take a turn
// before it.
func (c *Service) pinHash(accountID string, salt []byte, digits string) []byte {
	m := hmac.New(sha256.New, c.tokens.pepper)
	m.Write(store.JoinText("pin", accountID, digits))
	return argon2.IDKey(m.Sum(nil), salt, pinPasses, pinMemory, pinLanes, sha256.Size)
}

// SetPIN sets or changes the actor's PIN. It asks for a fresh factor where there is one.
// PINs are for patients and those around them; staff have TOTP.
func (c *Service) SetPIN(ctx context.Context, actor models.Actor, digits string) (PINView, error) {
	if actor.Role.Staff() {
		return PINView{}, c.base.Forbid(ctx, actor, "pin.set")
	}
	if err := models.CheckPIN("pin", digits); err != nil {
		return PINView{}, err
	}
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return PINView{}, err
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	release, err := c.takePINTurn(ctx)
	if err != nil {
		return PINView{}, err
	}
	hash := c.pinHash(actor.AccountID, salt, digits)
	release()
	now := c.now().UTC().Truncate(time.Millisecond)
	err = c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		e := c.wayLine(actor, "way-in.added", models.WayPIN)
		if e.At = now; w.PIN != nil {
			e.Action = "way-in.changed"
		}
		w.PIN = &pin{Salt: salt, Hash: hash, SetAt: now}
		ops, err := c.proveSession(ctx, actor, models.WayPIN)
		return e, ops, err
	})
	return PINView{SetAt: now}, err
}

// RemovePIN takes the actor's PIN off. Twice is once.
func (c *Service) RemovePIN(ctx context.Context, actor models.Actor) error {
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return err
	}
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil || w.Value.PIN == nil {
		return err
	}
	return c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		w.PIN = nil
		return c.wayLine(actor, "way-in.removed", models.WayPIN), nil, nil
	})
}

// errPIN is the answer to a wrong PIN of a device that may try.
func errPIN() error {
	return models.E(models.KindInvalid, "pin-not-right", "This PIN is not right. Please try again.")
}

// errPINLocked is the answer to every PIN after too many wrong ones.
func errPINLocked() error {
	return models.E(models.KindInvalid, "pin-locked", "There were too many wrong tries. Please take another way, or ask your clinic for a new code.")
}

// tryPIN judges a PIN of an account. The try is counted, and durable, before it is
// judged: of tries at once no more than pinMaxWrong are. Who gives up while they wait
// for their turn has not tried; from then on the try is judged to its end, so that a
// right PIN stays counted as wrong for no cut connection.
func (c *Service) tryPIN(ctx context.Context, who models.Actor, digits string) error {
	release, err := c.takePINTurn(ctx)
	if err != nil {
		return err
	}
	defer release()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pinJudged)
	defer cancel()
	owner := actorOwner(who)
	var at pin
	err = c.changeWays(ctx, who.AccountID, owner, func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		e := c.wayLine(who, "pin.tried", models.WayPIN)
		if w.PIN == nil {
			return e, nil, errPIN()
		}
		if w.PIN.Wrong >= pinMaxWrong {
			return e, nil, errPINLocked()
		}
		w.PIN.Wrong++
		at = *w.PIN
		return e, nil, nil
	})
	if err != nil {
		return err
	}
	if len(digits) > models.PINMost {
		digits = ""
	}
	hash := c.pinHash(who.AccountID, at.Salt, digits)
	if subtle.ConstantTimeCompare(hash, at.Hash) != 1 {
		if at.Wrong >= pinMaxWrong {
			return errPINLocked()
		}
		return errPIN()
	}
	return c.changeWays(ctx, who.AccountID, owner, func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		if w.PIN != nil && subtle.ConstantTimeCompare(w.PIN.Hash, at.Hash) == 1 {
			w.PIN.Wrong = 0
		}
		return c.wayLine(who, "pin.right", models.WayPIN), nil, nil
	})
}

// successorSpace keeps ids of sessions that follow others apart from all others.
var successorSpace = uuid.MustParse("5d0d3f4e-08cf-8a8e-b7b8-44d0a9b6d3a1")

// successorOf names the one session that a PIN opens after another, so that an answer
// that was lost is given again and not opened twice.
func successorOf(sessionID string) string {
	return uuid.NewHash(sha256.New(), successorSpace, []byte(sessionID), 8).String()
}

// SignInWithPIN lets a person in again on the device of a session that has ended without
// a word for the device. refreshToken is the last that the device had. A device that
// shows none of this site's is told what every stranger is told; one that was ended on
// purpose hears that.
func (c *Service) SignInWithPIN(ctx context.Context, refreshToken, digits string) (SignedIn, error) {
	return c.SignInWithPINProven(ctx, refreshToken, digits, "")
}

// SignInWithPINProven is SignInWithPIN for a device that proved a key, of which it gets
// the thumbprint. A session that was bound to a key is followed on that device alone.
func (c *Service) SignInWithPINProven(ctx context.Context, refreshToken, digits, thumbprint string) (SignedIn, error) {
	h, ok := c.tokens.takeApart(refreshToken)
	if !ok || h.secret != nil { // tokens of older programs come in by a code
		return SignedIn{}, ErrSignedOut()
	}
	old, err := c.loadSession(ctx, h.session)
	if err == nil && old.Value.Live(c.now()) {
		return c.RefreshProven(ctx, refreshToken, thumbprint) // nothing had ended
	}
	if _, wiped := models.WipesDevice(old.Value.EndedWhy); err != nil || wiped {
		return SignedIn{}, c.notLiveTo(ctx, h, old.Value, err)
	}
	if key := old.Value.KeyThumbprint; key != "" && key != thumbprint {
		return SignedIn{}, errProof()
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, old.Value.AccountID)
	if err != nil || a.Value.Status != models.AccountActive || a.Value.Role.Staff() {
		return SignedIn{}, unlessDown(err, ErrSignedOut())
	}
	who := old.Value.Actor()
	who.SessionID = ""
	if err := c.tryPIN(ctx, who, digits); err != nil {
		return SignedIn{}, err
	}
	old.Value.Device.Key = old.Value.KeyThumbprint
	s := c.newSession(ctx, a.Value, old.Value.Device)
	s.ID, s.Way = successorOf(old.Value.ID), models.WayPIN
	ops, refresh, err := c.sessionOps(s, a.Value)
	if err != nil {
		return SignedIn{}, err
	}
	e := c.base.AuditEvent(s.Actor(), "session.started")
	e.Ref, e.PatientID, e.Device, e.At = s.ID, s.PatientID, s.Device.Name, s.CreatedAt
	err = c.base.Commit(ctx, e, ops...)
	if models.KindOf(err) == models.KindConflict {
		return c.successorAgain(ctx, s.ID)
	}
	if err != nil {
		return SignedIn{}, err
	}
	return c.signedIn(ctx, s, refresh)
}

// successorAgain gives a session whose first answer was lost. One that has arrived, or
// has ended, is another's affair: its device has its own token.
func (c *Service) successorAgain(ctx context.Context, id string) (SignedIn, error) {
	s, err := c.loadSession(ctx, id)
	if err != nil || !s.Value.Live(c.now()) {
		return SignedIn{}, c.notLive(ctx, id, s.Value, err)
	}
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, id)
	if err != nil || r.Value.Number != 1 {
		return SignedIn{}, unlessDown(err, ErrSignedOut())
	}
	return c.signedIn(ctx, s.Value, c.tokens.refresh(id, 1))
}

// StepUpWithPIN notes a fresh PIN of the actor for their session.
func (c *Service) StepUpWithPIN(ctx context.Context, actor models.Actor, digits string) (Fresh, error) {
	if err := c.tryPIN(ctx, actor, digits); err != nil {
		return Fresh{}, err
	}
	return c.stepped(ctx, actor, models.WayPIN, "")
}
