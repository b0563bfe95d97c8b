package signin

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Creation is what a browser makes a passkey from (PublicKeyCredentialCreationOptions
// in JSON, WebAuthn Level 3, section 5.4).
type Creation struct {
	PublicKey protocol.PublicKeyCredentialCreationOptions
}

// Registered is the answer of an authenticator that made a passkey.
type Registered struct {
	ID                string
	ClientDataJSON    string
	AttestationObject string
	Transports        []string
}

// NewPasskey begins a registration for the actor: user verification is required of
// staff, and wished of others. It asks for a fresh factor where there is one.
func (c *Service) NewPasskey(ctx context.Context, actor models.Actor) (Creation, error) {
	if c.relying == nil {
		return Creation{}, errNoPasskeys()
	}
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return Creation{}, err
	}
	keys, err := c.passkeysOf(ctx, actor.AccountID)
	if err != nil {
		return Creation{}, err
	}
	if len(keys) >= maxPasskeys {
		return Creation{}, models.E(models.KindConflict, "too-many-passkeys", "There are twenty passkeys. Take one off first.")
	}
	var handle []byte // kept before an authenticator hears of it
	err = c.changeWays(ctx, actor.AccountID, actorOwner(actor), func(w *waysIn) (models.AuditEvent, []store.Op, error) {
		handle = w.Handle
		return c.wayLine(actor, "passkey.begun", models.WayPasskey), nil, nil
	})
	if err != nil {
		return Creation{}, err
	}
	verify := protocol.VerificationPreferred
	if actor.Role.Staff() {
		verify = protocol.VerificationRequired
	}
	made, ceremony, err := c.relying.BeginRegistration(holder{handle, actor.Name, nil},
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: verify}),
		webauthn.WithCredentialParameters(webauthn.CredentialParametersRecommendedL3()),
		webauthn.WithExclusions(webauthn.Credentials(credentials(keys)).CredentialDescriptors()))
	if err != nil {
		return Creation{}, err
	}
	err = c.keepChallenge(ctx, challenge{For: toRegister, AccountID: actor.AccountID, SessionID: actor.SessionID, Ceremony: *ceremony})
	return Creation{made.Response}, err
}

// errPasskeyNotMade is the answer to a registration that can't count.
func errPasskeyNotMade() error {
	return models.E(models.KindInvalid, "passkey-not-made", "The passkey was not made. Please try again.")
}

// AddPasskey ends a registration. The same answer of an authenticator twice is one
// passkey.
func (c *Service) AddPasskey(ctx context.Context, actor models.Actor, name string, r Registered) (Passkey, error) {
	if c.relying == nil {
		return Passkey{}, errNoPasskeys()
	}
	var checks models.Checks
	checks.Text("name", name, 1, 100)
	if err := checks.Err(); err != nil {
		return Passkey{}, err
	}
	parsed, err := r.parse()
	if err != nil {
		return Passkey{}, errPasskeyNotMade()
	}
	asked := parsed.Response.CollectedClientData.Challenge
	id := passkeyID(parsed.RawID)
	ch, use, ok, err := c.takeChallenge(ctx, asked, toRegister, models.Actor{AccountID: actor.AccountID, SessionID: actor.SessionID})
	if err != nil {
		return Passkey{}, err
	}
	if use == nil { // the first answer may have been lost
		stands, err := chart.Load[passkey](ctx, c.store, chart.ColPasskeys, id)
		if err == nil && stands.Value.AccountID == actor.AccountID && stands.Value.Asked == challengeID(asked) {
			return stands.Value.view(), nil
		}
		return Passkey{}, unlessDown(err, errPasskeyNotMade())
	}
	w, err := c.waysOf(ctx, actor.AccountID)
	if err != nil {
		return Passkey{}, err
	}
	made, err := c.relying.CreateCredential(holder{w.Value.Handle, actor.Name, nil}, ch.Ceremony, parsed)
	if !ok || err != nil {
		e := c.wayLine(actor, "passkey.refused", models.WayPasskey)
		e.Outcome, e.Rule = models.OutcomeDenied, "passkey-not-made"
		if err := c.base.Commit(ctx, e, use...); err != nil && models.KindOf(err) != models.KindStale && models.KindOf(err) != models.KindNotFound {
			return Passkey{}, err
		}
		return Passkey{}, errPasskeyNotMade()
	}
	made.Attestation = webauthn.CredentialAttestation{} // nothing reads it, and it names a make of phone
	now := c.now().UTC().Truncate(time.Millisecond)
	p := passkey{ID: id, AccountID: actor.AccountID, Owner: actorOwner(actor), Name: strings.TrimSpace(name), CreatedAt: now,
		Asked: challengeID(asked), Credential: *made}
	doc, err := p.doc(0)
	if err != nil {
		return Passkey{}, err
	}
	e := c.wayLine(actor, "way-in.added", models.WayPasskey)
	e.Device = p.Name
	ops := append(use, store.Insert(chart.ColPasskeys, doc))
	proven, err := c.proveSession(ctx, actor, models.WayPasskey)
	if err != nil {
		return Passkey{}, err
	}
	err = c.base.Commit(ctx, e, append(ops, proven...)...)
	switch k := models.KindOf(err); {
	case (k == models.KindStale || k == models.KindNotFound) && ctx.Err() == nil: // a refresh came between, or the same answer
		return c.AddPasskey(ctx, actor, name, r)
	case k == models.KindConflict:
		return Passkey{}, errPasskeyNotMade()
	}
	c.sessions.end(actor.SessionID)
	return p.view(), err
}

func (r Registered) parse() (*protocol.ParsedCredentialCreationData, error) {
	var out protocol.CredentialCreationResponse
	var bad error
	raw := decoder(&bad)
	out.ID, out.Type, out.RawID = r.ID, string(protocol.PublicKeyCredentialType), raw(r.ID)
	out.AttestationResponse.ClientDataJSON = raw(r.ClientDataJSON)
	out.AttestationResponse.AttestationObject = raw(r.AttestationObject)
	out.AttestationResponse.Transports = r.Transports
	if bad != nil {
		return nil, bad
	}
	parsed, err := out.Parse()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(parsed.RawID, parsed.Response.AttestationObject.AuthData.AttData.CredentialID) {
		return nil, protocol.ErrBadRequest
	}
	return parsed, nil
}

// decoder reads base64url, padded or not, and notes what is none. Strict alone passes over
// lines.
func decoder(bad *error) func(string) []byte {
	return func(text string) []byte {
		b, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimRight(text, "="))
		if err == nil && strings.ContainsAny(text, "\r\n") {
			err = base64.CorruptInputError(0)
		}
		if err != nil {
			*bad = err
		}
		return b
	}
}
