package signin

import (
	"context"
	"crypto/rand"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// waysIn is what an account proves itself with, beside its passkeys and recovery
// codes, which are found by what is shown. One document an account.
type waysIn struct {
	Handle []byte `json:"handle"` // what authenticators know the person by (WebAuthn user handle): chance, names nobody
	PIN    *pin   `json:"pin,omitempty"`
	TOTP   *totp  `json:"totp,omitempty"`
}

// Ways is what a person sees of their ways in.
type Ways struct {
	Passkeys         []Passkey         `json:"passkeys"`
	PIN              *PINView          `json:"pin,omitempty"`
	TOTP             *TOTPView         `json:"totp,omitempty"`
	RecoveryCodes    int               `json:"recoveryCodes"`
	Offered          []string          `json:"offered"`
	SecondFactorFrom *time.Time        `json:"secondFactorFrom,omitempty"`
	Signal           *AcceptedPasskeys `json:"signal,omitempty"`
}

// AcceptedPasskeys is what PublicKeyCredential.signalAllAcceptedCredentials takes.
type AcceptedPasskeys struct {
	RPID        string   `json:"rpId"`
	UserID      string   `json:"userId"`
	Credentials []string `json:"allAcceptedCredentialIds"`
}

// waysOf reads them; there may be none yet (version 0).
func (c *Service) waysOf(ctx context.Context, accountID string) (chart.Versioned[waysIn], error) {
	w, err := chart.Load[waysIn](ctx, c.store, chart.ColWays, accountID)
	if models.KindOf(err) == models.KindNotFound {
		w, err = chart.Versioned[waysIn]{}, nil
	}
	if w.Value.Handle == nil {
		w.Value.Handle = make([]byte, 32)
		rand.Read(w.Value.Handle)
	}
	return w, err
}

func waysOp(accountID, owner string, w chart.Versioned[waysIn]) (store.Op, error) {
	doc, err := chart.Encode(accountID, owner, w.Version, nil, w.Value)
	if w.IsNew() {
		return store.Insert(chart.ColWays, doc), err
	}
	return store.Replace(chart.ColWays, doc), err
}

// changeWays changes an account's ways, with its line and more ops of the same batch.
// Of changes at once each sees what those before it left. change may be called again.
func (c *Service) changeWays(ctx context.Context, accountID, owner string, change func(w *waysIn) (e models.AuditEvent, more []store.Op, err error)) error {
	for {
		w, err := c.waysOf(ctx, accountID)
		if err != nil {
			return err
		}
		e, more, err := change(&w.Value)
		if err != nil {
			return err
		}
		op, err := waysOp(accountID, owner, w)
		if err != nil {
			return err
		}
		err = c.base.Commit(ctx, e, append(more, op)...)
		if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict && w.IsNew() {
			if ctx.Err() == nil {
				continue
			}
		}
		return err
	}
}

func actorOwner(a models.Actor) string {
	if a.PatientID != "" {
		return a.PatientID
	}
	return a.AccountID
}

// wayLine is the line of a way that came or went. Its person is told of it.
func (c *Service) wayLine(actor models.Actor, action string, way models.Way) models.AuditEvent {
	e := c.base.AuditEvent(actor, action)
	e.PatientID, e.Ref = actor.PatientID, string(way)
	return e
}

// MyWays lists how the actor can sign in and step up, beside codes of the office.
func (c *Service) MyWays(ctx context.Context, actor models.Actor) (Ways, error) {
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil {
		return Ways{}, err
	}
	keys, err := c.passkeysOf(ctx, actor.AccountID)
	if err != nil {
		return Ways{}, err
	}
	out := Ways{Passkeys: []Passkey{}, Offered: c.offered(actor.Role)}
	for _, k := range keys {
		out.Passkeys = append(out.Passkeys, k.Value.view())
	}
	if c.relying != nil && !w.IsNew() {
		out.Signal = c.signal(w.Value, keys)
	}
	if p := w.Value.PIN; p != nil {
		out.PIN = &PINView{p.SetAt, p.Wrong >= pinMaxWrong}
	}
	if t := w.Value.TOTP; t != nil && t.ConfirmedAt != nil {
		out.TOTP = &TOTPView{*t.ConfirmedAt, t.Wrong >= totpMaxWrong}
	}
	if at := c.config.SecondFactorFrom; actor.Role.Staff() && !at.IsZero() {
		at = at.UTC()
		out.SecondFactorFrom = &at
	}
	out.RecoveryCodes, err = c.recoveryCodesLeft(ctx, actor.AccountID)
	return out, err
}

func (c *Service) offered(r models.Role) []string {
	var out []string
	if c.relying != nil {
		out = append(out, "passkey")
	}
	if r.Staff() {
		return append(out, "totp", "recovery-codes")
	}
	return append(out, "pin", "recovery-codes")
}
