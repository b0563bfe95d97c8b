package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-webauthn/webauthn/protocol"

	"handrail/care/signin"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// Assertion is what an authenticator answers when it is asked.
type Assertion struct {
	ID                string `json:"id" minLength:"1" maxLength:"1400" doc:"base64url, as all that follows: PublicKeyCredential.toJSON()."`
	ClientDataJSON    string `json:"clientDataJSON" minLength:"1" maxLength:"8192"`
	AuthenticatorData string `json:"authenticatorData" minLength:"1" maxLength:"8192"`
	Signature         string `json:"signature" minLength:"1" maxLength:"8192"`
	UserHandle        string `json:"userHandle,omitempty" maxLength:"100"`
}

func (a Assertion) asserted() signin.Asserted {
	return signin.Asserted{ID: a.ID, ClientDataJSON: a.ClientDataJSON, AuthenticatorData: a.AuthenticatorData, Signature: a.Signature, UserHandle: a.UserHandle}
}

// credentialName names a passkey for an authenticator.
type credentialName struct {
	Type       string   `json:"type"`
	ID         string   `json:"id" doc:"base64url"`
	Transports []string `json:"transports,omitempty"`
}

func namesOf(list []protocol.CredentialDescriptor) []credentialName {
	out := []credentialName{}
	for _, d := range list {
		n := credentialName{Type: string(d.Type), ID: d.CredentialID.String()}
		for _, t := range d.Transport {
			n.Transports = append(n.Transports, string(t))
		}
		out = append(out, n)
	}
	return out
}

// passkeyRequest is what parseRequestOptionsFromJSON takes, and when to ask again.
type passkeyRequest struct {
	PublicKey struct {
		Challenge        string           `json:"challenge" doc:"base64url"`
		RPID             string           `json:"rpId"`
		UserVerification string           `json:"userVerification"`
		AllowCredentials []credentialName `json:"allowCredentials"`
	} `json:"publicKey" doc:"PublicKeyCredentialRequestOptions in JSON (WebAuthn Level 3)."`
	RenewIn int `json:"renewIn" doc:"Seconds after which an offer that stands on a screen asks for the next one. The challenge holds ten minutes longer."`
}

func requestFor(r signin.Request) passkeyRequest {
	var out passkeyRequest
	out.PublicKey.Challenge, out.PublicKey.RPID = r.PublicKey.Challenge.String(), r.PublicKey.RelyingPartyID
	out.PublicKey.UserVerification, out.PublicKey.AllowCredentials = string(r.PublicKey.UserVerification), namesOf(r.PublicKey.AllowedCredentials)
	out.RenewIn = int(r.RenewIn / time.Second)
	return out
}

// keyAlgorithm is a signature that is taken (COSE).
type keyAlgorithm struct {
	Type string `json:"type"`
	Alg  int    `json:"alg"`
}

// passkeyCreation is what parseCreationOptionsFromJSON takes.
type passkeyCreation struct {
	PublicKey struct {
		RP struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"rp"`
		User struct {
			ID          string `json:"id" doc:"base64url"`
			Name        string `json:"name"`
			DisplayName string `json:"displayName"`
		} `json:"user"`
		Challenge              string           `json:"challenge" doc:"base64url"`
		PubKeyCredParams       []keyAlgorithm   `json:"pubKeyCredParams"`
		ExcludeCredentials     []credentialName `json:"excludeCredentials"`
		AuthenticatorSelection struct {
			ResidentKey        string `json:"residentKey"`
			RequireResidentKey bool   `json:"requireResidentKey"`
			UserVerification   string `json:"userVerification"`
		} `json:"authenticatorSelection"`
		Attestation string `json:"attestation"`
	} `json:"publicKey" doc:"PublicKeyCredentialCreationOptions in JSON (WebAuthn Level 3)."`
}

func creationOf(c signin.Creation) passkeyCreation {
	var out passkeyCreation
	p, in := &out.PublicKey, c.PublicKey
	p.RP.ID, p.RP.Name = in.RelyingParty.ID, in.RelyingParty.Name
	if id, ok := in.User.ID.(protocol.URLEncodedBase64); ok {
		p.User.ID = id.String()
	}
	p.User.Name, p.User.DisplayName = in.User.Name, in.User.DisplayName
	p.Challenge, p.Attestation = in.Challenge.String(), string(in.Attestation)
	for _, each := range in.Parameters {
		p.PubKeyCredParams = append(p.PubKeyCredParams, keyAlgorithm{string(each.Type), int(each.Algorithm)})
	}
	p.ExcludeCredentials = namesOf(in.CredentialExcludeList)
	s := in.AuthenticatorSelection
	p.AuthenticatorSelection.ResidentKey, p.AuthenticatorSelection.UserVerification = string(s.ResidentKey), string(s.UserVerification)
	p.AuthenticatorSelection.RequireResidentKey = s.RequireResidentKey != nil && *s.RequireResidentKey
	return out
}

type offerInput struct {
	Body struct {
		Verified bool `json:"verified,omitempty" doc:"The authenticator is to make sure that it is its person, as it must for staff."`
	}
}

type passkeyInput struct {
	door.Proved
	Body struct {
		Passkey Assertion     `json:"passkey"`
		Device  models.Device `json:"device"`
	}
}

type pinSignInInput struct {
	door.Proved
	Body struct {
		RefreshToken string `json:"refreshToken" minLength:"1" maxLength:"256" doc:"The last one that this device had."`
		PIN          string `json:"pin" minLength:"1" maxLength:"64"`
	}
}

type recoveryInput struct {
	door.Proved
	Body struct {
		Code   string        `json:"code" minLength:"1" maxLength:"64" doc:"In any case, with or without dashes."`
		Device models.Device `json:"device"`
	}
}

// waysBack registers the ways to sign in beside a code of the office. None of their
// refusals tells whether there is such a person.
func (a *API) waysBack() {
	tag := []string{"Sign-in"}
	pace := huma.Middlewares{a.PerAddress(EnrolPace)}
	many := []int{http.StatusTooManyRequests}
	door.Register(a.API, huma.Operation{OperationID: "offerPasskey", Method: http.MethodPost, Path: "/v1/auth/passkey/options",
		Tags: tag, Summary: "Begin to sign in with a passkey, whoever it is", Security: edge.Public, DefaultStatus: http.StatusOK,
		Middlewares: huma.Middlewares{a.PerAddress(refreshPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusConflict}},
		func(ctx context.Context, in *offerInput) (*edge.Answer[passkeyRequest], error) {
			made, err := a.Care.Signin.OfferPasskey(ctx, in.Body.Verified)
			return edge.Answered(requestFor(made), err)
		})
	door.Register(a.API, huma.Operation{OperationID: "signInWithPasskey", Method: http.MethodPost, Path: "/v1/auth/passkey",
		Tags: tag, Summary: "Sign in with a passkey", Security: edge.Public, DefaultStatus: http.StatusCreated, Middlewares: pace,
		Description: "Each challenge is answered once. passkey-unverified: ask again with verified.", Errors: append(many, http.StatusConflict, http.StatusUnauthorized)},
		func(ctx context.Context, in *passkeyInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				in.Body.Device.Key = key
				return a.Care.Signin.SignInWithPasskey(ctx, in.Body.Passkey.asserted(), in.Body.Device)
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "signInWithPIN", Method: http.MethodPost, Path: "/v1/auth/pin",
		Tags: tag, Summary: "Sign in again on a device of yours, with your PIN", Security: edge.Public, DefaultStatus: http.StatusCreated, Middlewares: pace,
		Description: "For a session that ended without a word for its device. When the answer was lost, the same call gives it again.",
		Errors:      append(many, http.StatusUnauthorized)},
		func(ctx context.Context, in *pinSignInInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				return a.Care.Signin.SignInWithPINProven(ctx, in.Body.RefreshToken, in.Body.PIN, key)
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "signInWithRecoveryCode", Method: http.MethodPost, Path: "/v1/auth/recovery-code",
		Tags: tag, Summary: "Sign in with one of your recovery codes", Security: edge.Public, DefaultStatus: http.StatusCreated, Middlewares: pace, Errors: append(many, http.StatusUnauthorized),
		Description: "For patients and those around them. Staff show it beside a code of the office."},
		func(ctx context.Context, in *recoveryInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				in.Body.Device.Key = key
				return a.Care.Signin.SignInWithRecoveryCode(ctx, in.Body.Code, in.Body.Device)
			})
		})
}
