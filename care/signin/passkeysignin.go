package signin

import (
	"bytes"
	"context"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Request is what a browser asks an authenticator with
// (PublicKeyCredentialRequestOptions in JSON, WebAuthn Level 3, section 5.5).
type Request struct {
	PublicKey protocol.PublicKeyCredentialRequestOptions
	RenewIn   time.Duration // when an offer that stands on a screen asks for the next one
}

// Asserted is the answer of an authenticator to a Request.
type Asserted struct {
	ID                string
	ClientDataJSON    string
	AuthenticatorData string
	Signature         string
	UserHandle        string
}

// errPasskey is the one answer to a passkey that does not open, whether it is unknown,
// was taken off, is of an account that may not sign in, or does not prove anything.
func errPasskey() error {
	return models.E(models.KindInvalid, "passkey-not-valid", "This passkey does not open anything here. Please take another way.")
}

// OfferPasskey begins a sign-in of whoever it is. verified asks the authenticator to
// make sure that it is its person (user verification).
func (c *Service) OfferPasskey(ctx context.Context, verified bool) (Request, error) {
	if c.relying == nil {
		return Request{}, errNoPasskeys()
	}
	verify := protocol.VerificationPreferred
	if verified {
		verify = protocol.VerificationRequired
	}
	made, ceremony, err := c.relying.BeginDiscoverableLogin(webauthn.WithUserVerification(verify))
	if err != nil {
		return Request{}, err
	}
	return Request{made.Response, challengeRenew}, c.keepChallenge(ctx, challenge{For: toSignIn, Ceremony: *ceremony})
}

// SignInWithPasskey signs in on a device. Its challenge is used up whatever comes of
// it: an answer that comes twice is refused, and a device asks anew. A counter that
// does not rise is noted and shuts nobody out: synced passkeys have none.
func (c *Service) SignInWithPasskey(ctx context.Context, a Asserted, device models.Device) (SignedIn, error) {
	device, err := checkDevice(device)
	if err != nil {
		return SignedIn{}, err
	}
	if c.relying == nil {
		return SignedIn{}, errNoPasskeys()
	}
	parsed, err := a.parse()
	if err != nil {
		return SignedIn{}, c.refusePasskey(ctx, nil)
	}
	ch, use, ok, err := c.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, toSignIn, models.Actor{})
	if err != nil {
		return SignedIn{}, err
	}
	key, err := chart.LoadHidden(ctx, c.store, chart.ColPasskeys, passkeyID(parsed.RawID), c.relying.like)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return SignedIn{}, err
	}
	used, proven := c.relying.judge(ch, ok, parsed.Response.UserHandle, key, parsed)
	if !proven {
		return SignedIn{}, c.refusePasskey(ctx, use)
	}
	account, is, err := c.holderOf(ctx, key.Value.AccountID, parsed.Response.UserHandle)
	if err != nil {
		return SignedIn{}, err
	}
	if !is {
		return SignedIn{}, c.refusePasskey(ctx, use)
	}
	if account.Role.Staff() && !parsed.Response.AuthenticatorData.Flags.HasUserVerified() {
		if err := c.refusePasskey(ctx, use); models.KindOf(err) != models.KindInvalid {
			return SignedIn{}, err
		}
		return SignedIn{}, models.E(models.KindInvalid, "passkey-unverified", "Unlock the passkey with its PIN, your finger or your face.")
	}
	s := c.newSession(ctx, account, device)
	s.Way = models.WayPasskey
	ops, refresh, err := c.sessionOps(s, account)
	if err != nil {
		return SignedIn{}, err
	}
	moved, err := c.usedOps(key, used)
	if err != nil {
		return SignedIn{}, err
	}
	e := c.base.AuditEvent(s.Actor(), "session.started")
	e.Ref, e.PatientID, e.Device, e.At = s.ID, account.PatientID, device.Name, s.CreatedAt
	if used.Authenticator.CloneWarning {
		e.Rule = "passkey-counter-not-risen"
	}
	err = c.unlocking(ctx, s.Actor(), e, append(append(ops, use...), moved)...)
	switch models.KindOf(err) {
	case models.KindStale, models.KindNotFound: // the challenge was answered, or the passkey used or taken off, meanwhile
		if ctx.Err() == nil {
			return c.SignInWithPasskey(ctx, a, device)
		}
	}
	if err != nil {
		return SignedIn{}, err
	}
	return c.signedIn(ctx, s, refresh)
}

// holderOf finds the account of a passkey that proved itself: nothing of a person is read
// for who does not have its key, so that the time tells nothing of them. is: it may sign
// in, and the authenticator calls the person by the name that it was given.
func (c *Service) holderOf(ctx context.Context, accountID string, handle []byte) (a models.Account, is bool, err error) {
	v, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return a, false, nil
	}
	if err != nil {
		return a, false, err
	}
	w, err := c.waysOf(ctx, accountID)
	return v.Value, bytes.Equal(w.Value.Handle, handle) && v.Value.Status == models.AccountActive, err
}

// usedOps keeps what a use changes of a passkey.
func (c *Service) usedOps(key chart.Versioned[passkey], used webauthn.Credential) (store.Op, error) {
	key.Value.Credential, key.Value.UsedAt = used, c.now().UTC().Truncate(time.Millisecond)
	key.Value.Credential.Authenticator.CloneWarning = false // it is in the log, once for each time
	doc, err := key.Value.doc(key.Version)
	return store.Replace(chart.ColPasskeys, doc), err
}

// refusePasskey writes a refused answer down and uses its challenge up. One commit in
// every case.
func (c *Service) refusePasskey(ctx context.Context, use []store.Op) error {
	e := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "passkey.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "passkey-not-valid"
	err := c.base.Commit(ctx, e, use...)
	if k := models.KindOf(err); k == models.KindStale || k == models.KindNotFound { // used up meanwhile
		err = c.base.Note(ctx, e)
	}
	if err != nil {
		return err
	}
	return errPasskey()
}

func (a Asserted) parse() (*protocol.ParsedCredentialAssertionData, error) {
	var out protocol.CredentialAssertionResponse
	var bad error
	raw := decoder(&bad)
	out.ID, out.Type, out.RawID = a.ID, string(protocol.PublicKeyCredentialType), raw(a.ID)
	r := &out.AssertionResponse
	r.ClientDataJSON, r.AuthenticatorData = raw(a.ClientDataJSON), raw(a.AuthenticatorData)
	r.Signature, r.UserHandle = raw(a.Signature), raw(a.UserHandle)
	if bad != nil {
		return nil, bad
	}
	return out.Parse()
}
