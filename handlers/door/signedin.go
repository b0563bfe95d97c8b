package door

import (
	"context"
	"time"

	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

// Proved is embedded in the input of a way in: a call by a device that has a key of its
// own, or has none.
type Proved struct {
	Proof string `header:"DPoP" maxLength:"2048" doc:"A proof of a P-256 key that the device keeps (RFC 9449, ES256). With it the session is bound to the key: refreshing asks for a proof, and each other call for the access token under the scheme DPoP and a proof."`
}

// SignedIn is the answer to who came in, by whatever way, or goes on.
type SignedIn struct {
	Nonce string `header:"DPoP-Nonce" doc:"For the next proofs of this device's key (RFC 9449, section 8.2). Left out when none was sent, or when the one that was used does for some time."`
	Body  SignedInView
}

// SignedInView is what a device keeps of a sign-in.
type SignedInView struct {
	AccessToken  string         `json:"accessToken" doc:"JWT (EdDSA), at most 10 minutes. Send it as a bearer token."`
	ExpiresAt    time.Time      `json:"expiresAt"`
	ExpiresIn    int            `json:"expiresIn" doc:"Seconds from now to expiresAt, for devices whose clock is wrong."`
	RefreshToken string         `json:"refreshToken" doc:"Opaque. Each use gives the next one; keep only the newest. When the answer was lost, use the same one again, however late: the next one is the same, as long as it was not used."`
	Session      models.Session `json:"session"`
}

// ViewOf is a sign-in as it is answered.
func ViewOf(s signin.SignedIn) SignedInView {
	return SignedInView{s.AccessToken, s.ExpiresAt, int(s.Lasts.Seconds()), s.RefreshToken, s.Session}
}

// Thumbprint is that of the key that a call proves (RFC 7638), "" for none, with the
// nonce that goes with the answer.
func (a *API) Thumbprint(ctx context.Context) (thumbprint, nonce string, err error) {
	call := edge.CallOf(ctx)
	if call.Proof == "" {
		return "", "", nil
	}
	proof, err := a.Care.Signin.Prove(call, "")
	if err != nil {
		return "", "", a.Unproven(err)
	}
	return proof.Thumbprint, a.Care.Signin.NextNonce(proof), nil
}

// Proven gives a way in to the thumbprint of the key that the call proves, or to none.
func (a *API) Proven(ctx context.Context, in func(thumbprint string) (signin.SignedIn, error)) (*SignedIn, error) {
	thumbprint, nonce, err := a.Thumbprint(ctx)
	if err != nil {
		return nil, err
	}
	s, err := in(thumbprint)
	if err != nil {
		return nil, err
	}
	return &SignedIn{nonce, ViewOf(s)}, nil
}
