package signin

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
	"github.com/skip2/go-qrcode"

	"handrail/models"
	"handrail/store"
)

// TOTP as RFC 6238 has it and all apps know it: SHA-1, six digits, thirty seconds, and
// one step of tolerance for a clock that is off.
const (
	totpStep     = 30               // seconds
	totpSecret   = 20               // bytes (RFC 4226, section 4)
	totpMaxWrong = 5                // in a row, as with a PIN
	totpBegun    = 15 * time.Minute // for the first code of a new secret
)

// totp is what is kept of one. The body of the document is sealed.
type totp struct {
	Secret      string     `json:"secret"` // base32
	ConfirmedAt *time.Time `json:"confirmedAt,omitempty"`
	Used        int64      `json:"used"` // the newest step that was used: each works once
	Wrong       int        `json:"wrong"`
	Next        string     `json:"next,omitempty"` // a secret that waits for its first code
	NextUntil   time.Time  `json:"nextUntil,omitzero"`
	NextSession string     `json:"nextSession,omitempty"` // that began it, and alone may confirm it
	NextWrong   int        `json:"nextWrong,omitempty"`
}

// TOTPView is what its person sees of it.
type TOTPView struct {
	SetAt  time.Time `json:"setAt"`
	Locked bool      `json:"locked"`
}

// NewTOTP is a secret for an app, shown once.
type NewTOTP struct {
	Secret string   `json:"secret"`
	URI    string   `json:"uri"`
	QR     []string `json:"qr"`
}

// BeginTOTP makes a secret for the actor's app, for staff. It counts from its first
// code on; what was there before counts until then.
func (c *Service) BeginTOTP(ctx context.Context, actor models.Actor) (NewTOTP, error) {
	if !actor.Role.Staff() {
		return NewTOTP{}, c.base.Forbid(ctx, actor, "totp.begun")
	}
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return NewTOTP{}, err
	}
	raw := make([]byte, totpSecret)
	rand.Read(raw)
	out := NewTOTP{Secret: base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)}
	label := url.PathEscape(c.base.Site.Name + ":" + actor.Name)
	out.URI = "otpauth://totp/" + label + "?" + url.Values{"secret": {out.Secret}, "issuer": {c.base.Site.Name}}.Encode()
	code, err := qrcode.New(out.URI, qrcode.Medium)
	if err != nil {
		return NewTOTP{}, err
	}
	for _, row := range code.Bitmap() {
		var b strings.Builder
		for _, dark := range row {
			b.WriteByte("01"[map[bool]int{true: 1}[dark]])
		}
		out.QR = append(out.QR, b.String())
	}
	return out, c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		if w.TOTP == nil {
			w.TOTP = &totp{}
		}
		w.TOTP.Next, w.TOTP.NextUntil, w.TOTP.NextSession, w.TOTP.NextWrong = out.Secret, c.now().UTC().Add(totpBegun), actor.SessionID, 0
		return c.wayLine(actor, "totp.begun", models.WayTOTP), nil, nil
	})
}

// errTOTP is the answer to a code that is wrong, too old, or was used.
func errTOTP() error {
	return models.E(models.KindInvalid, "totp-not-right", "This code is not right, or it was used already. Please wait for the next one.")
}

func errTOTPLocked() error {
	return models.E(models.KindInvalid, "totp-locked", "There were too many wrong codes. Please take another way, or ask an administrator.")
}

// ConfirmTOTP takes the first code of a new secret: from now on it counts.
func (c *Service) ConfirmTOTP(ctx context.Context, actor models.Actor, code string) (TOTPView, error) {
	now := c.now().UTC().Truncate(time.Millisecond)
	var verdict error
	err := c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		e := c.wayLine(actor, "way-in.added", models.WayTOTP)
		if t := w.TOTP; t == nil || t.Next == "" || t.NextSession != actor.SessionID || !now.Before(t.NextUntil) || t.NextWrong >= totpMaxWrong {
			return e, nil, models.E(models.KindConflict, "totp-not-begun", "Begin with a new key for your app.")
		}
		verdict = nil
		step := matchingStep(w.TOTP.Next, code, now, 0)
		if step == 0 {
			w.TOTP.NextWrong++
			e.Action, e.Outcome, e.Rule = "totp.tried", models.OutcomeDenied, "totp-not-right"
			verdict = errTOTP()
			return e, nil, nil
		}
		if e.At = now; w.TOTP.ConfirmedAt != nil {
			e.Action = "way-in.changed"
		}
		w.TOTP = &totp{Secret: w.TOTP.Next, ConfirmedAt: &now, Used: step}
		ops, err := c.proveSession(ctx, actor, models.WayTOTP)
		return e, ops, err
	})
	if err == nil {
		err = verdict
	}
	if err != nil {
		return TOTPView{}, err
	}
	c.sessions.end(actor.SessionID)
	return TOTPView{SetAt: now}, nil
}

// RemoveTOTP takes the actor's TOTP off. Twice is once.
func (c *Service) RemoveTOTP(ctx context.Context, actor models.Actor) error {
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return err
	}
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil || w.Value.TOTP == nil {
		return err
	}
	return c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		w.TOTP = nil
		return c.wayLine(actor, "way-in.removed", models.WayTOTP), nil, nil
	})
}

// matchingStep finds the step of a code around now that is newer than used; 0: none.
func matchingStep(secret, code string, now time.Time, used int64) int64 {
	code = strings.ReplaceAll(code, " ", "")
	at := now.Unix() / totpStep
	for step := at - 1; step <= at+1; step++ {
		if step > used && hotp.Validate(code, uint64(step), secret) {
			return step
		}
	}
	return 0
}

// tryTOTP judges a code and uses its step up. Wrong ones are counted in the same way.
func (c *Service) tryTOTP(ctx context.Context, who models.Actor, code string) error {
	var verdict error
	err := c.changeWays(ctx, who.AccountID, actorOwner(who), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		e := c.wayLine(who, "totp.tried", models.WayTOTP)
		t := w.TOTP
		switch {
		case t == nil || t.ConfirmedAt == nil:
			return e, nil, errTOTP()
		case t.Wrong >= totpMaxWrong:
			return e, nil, errTOTPLocked()
		}
		verdict = nil
		if step := matchingStep(t.Secret, code, c.now(), t.Used); step > 0 {
			t.Used, t.Wrong = step, 0
			return e, nil, nil
		}
		t.Wrong++
		e.Outcome, e.Rule = models.OutcomeDenied, "totp-not-right"
		verdict = errTOTP()
		return e, nil, nil
	})
	if err != nil {
		return err
	}
	return verdict
}

// StepUpWithTOTP notes a fresh code of the actor's app for their session.
func (c *Service) StepUpWithTOTP(ctx context.Context, actor models.Actor, code string) (Fresh, error) {
	if err := c.tryTOTP(ctx, actor, code); err != nil {
		return Fresh{}, err
	}
	return c.stepped(ctx, actor, models.WayTOTP, "")
}

// SecondFactor is what somebody of the staff shows beside a code of the office.
type SecondFactor struct {
	TOTP         string
	RecoveryCode string

	proven models.Way // by an earlier turn of the same call
}

// usedCode is a recovery code that a sign-in uses up: the op, and the line of it.
type usedCode struct {
	line models.AuditEvent
	op   store.Op
}

// second judges the second factor of a sign-in by code. Nothing of the code is used up
// by it: who typed a wrong one types it again. A recovery code goes with the batch of the
// session: when that fails, it is still there.
func (c *Service) second(ctx context.Context, a models.Account, f *SecondFactor) (models.Way, *usedCode, error) {
	if f.proven != "" {
		return f.proven, nil, nil
	}
	if !a.Role.Staff() {
		return models.WayCode, nil, nil
	}
	who := models.Actor{AccountID: a.ID, Role: a.Role, Discipline: a.Discipline, Name: a.Name}
	w, err := c.waysOf(ctx, a.ID)
	if err != nil {
		return "", nil, err
	}
	if t := w.Value.TOTP; t == nil || t.ConfirmedAt == nil {
		return models.WayCode, nil, nil
	}
	switch {
	case f.RecoveryCode != "":
		used, err := c.recoveryCodeOf(ctx, who, f.RecoveryCode)
		return models.WayRecoveryCode, used, err
	case f.TOTP != "":
		if err := c.tryTOTP(ctx, who, f.TOTP); err != nil {
			return models.WayTOTP, nil, err
		}
		f.proven = models.WayTOTP
		return models.WayTOTP, nil, nil
	}
	return "", nil, models.E(models.KindInvalid, "totp-required", "Please type the code of your app as well.")
}

// factorMissing tells whether a session of staff may do nothing but add a factor.
func (c *Service) factorMissing(s models.Session) bool {
	from := c.config.SecondFactorFrom
	return s.Role.Staff() && !from.IsZero() && !c.now().Before(from) && !s.Way.Factor()
}
