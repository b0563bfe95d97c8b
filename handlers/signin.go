package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

// signedIn is the answer to enrol and refresh.
type signedIn struct {
	Nonce string `header:"DPoP-Nonce" doc:"For the next proofs of this device's key (RFC 9449, section 8.2). Left out when none was sent, or when the one that was used does for some time."`
	Body  struct {
		AccessToken  string         `json:"accessToken" doc:"JWT (EdDSA), at most 10 minutes. Send it as a bearer token."`
		ExpiresAt    time.Time      `json:"expiresAt"`
		ExpiresIn    int            `json:"expiresIn" doc:"Seconds from now to expiresAt, for devices whose clock is wrong."`
		RefreshToken string         `json:"refreshToken" doc:"Opaque. Each use gives the next one; keep only the newest. When the answer was lost, use the same one again, however late: the next one is the same, as long as it was not used."`
		Session      models.Session `json:"session"`
	}
}

func answerSignedIn(s signin.SignedIn, err error) (*signedIn, error) {
	if err != nil {
		return nil, err
	}
	out := &signedIn{}
	out.Body.AccessToken, out.Body.ExpiresAt, out.Body.ExpiresIn = s.AccessToken, s.ExpiresAt, int(s.Lasts.Seconds())
	out.Body.RefreshToken, out.Body.Session = s.RefreshToken, s.Session
	return out, nil
}

// proved is a call by a device that has a key of its own, or has none.
type proved struct {
	Proof string `header:"DPoP" maxLength:"2048" doc:"A proof of a P-256 key that the device keeps (RFC 9449, ES256). With it the session is bound to the key: refreshing asks for a proof, and each other call for the access token under the scheme DPoP and a proof."`
}

type enrolInput struct {
	proved
	Body struct {
		Code   string        `json:"code" minLength:"1" maxLength:"64" doc:"The one-time code, in any case, with or without dashes."`
		Device models.Device `json:"device"`

		TOTP         string `json:"totp,omitempty" maxLength:"16" doc:"Of staff who are asked for it (totp-required): six digits of their app."`
		RecoveryCode string `json:"recoveryCode,omitempty" maxLength:"64" doc:"One of their recovery codes in its place."`
	}
}

type refreshInput struct {
	proved
	Body struct {
		RefreshToken string `json:"refreshToken" minLength:"1" maxLength:"256"`
	}
}

type sessionView struct {
	models.Session
	Current bool `json:"current" doc:"This is the device that asks."`
}

type sessionPath struct {
	SessionID string `path:"sessionId" format:"uuid"`
}

// proven gives a way in to the thumbprint of the key that the call proves, or to none.
func (a *API) proven(ctx context.Context, in func(thumbprint string) (signin.SignedIn, error)) (*signedIn, error) {
	call := edge.CallOf(ctx)
	if call.Proof == "" {
		return answerSignedIn(in(""))
	}
	proof, err := a.Care.Signin.Prove(call, "")
	if err != nil {
		return nil, a.Unproven(err)
	}
	out, err := answerSignedIn(in(proof.Thumbprint))
	if err == nil {
		out.Nonce = a.Care.Signin.NextNonce(proof)
	}
	return out, err
}

// How often one address may try. A clinic's phones share one; what keeps codes from
// being guessed is the limit on each of them (docs/decisions/0011).
var (
	enrolPace   = edge.Pace{Every: time.Second, Burst: 300}
	refreshPace = edge.Pace{Every: 50 * time.Millisecond, Burst: 600}
)

// signingIn registers enrolment, tokens and the person's own sessions.
func (a *API) signingIn() {
	tag := []string{"Sign-in"}
	register(a, huma.Operation{OperationID: "enrol", Method: http.MethodPost, Path: "/v1/auth/enrol",
		Tags: tag, Summary: "Redeem an enrolment code on a device", DefaultStatus: http.StatusCreated, Security: edge.Public,
		Middlewares: huma.Middlewares{a.PerAddress(enrolPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized}},
		func(ctx context.Context, in *enrolInput) (*signedIn, error) {
			return a.proven(ctx, func(key string) (signin.SignedIn, error) {
				in.Body.Device.Key = key
				return a.Care.Signin.EnrolWith(ctx, edge.AddressFrom(ctx), in.Body.Code, in.Body.Device,
					signin.SecondFactor{TOTP: in.Body.TOTP, RecoveryCode: in.Body.RecoveryCode})
			})
		})
	register(a, huma.Operation{OperationID: "refresh", Method: http.MethodPost, Path: "/v1/auth/refresh",
		Tags: tag, Summary: "Trade a refresh token for new tokens", Security: edge.Public,
		Description: "A 401 with wipe means that this device was ended on purpose and must forget its person. Every other 401 " +
			"means to sign in again: a patient's device keeps the crisis plan and what waits to be sent.",
		Middlewares: huma.Middlewares{a.PerAddress(refreshPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized}},
		func(ctx context.Context, in *refreshInput) (*signedIn, error) {
			return a.proven(ctx, func(key string) (signin.SignedIn, error) {
				return a.Care.Signin.RefreshProven(ctx, in.Body.RefreshToken, key)
			})
		})
	register(a, huma.Operation{OperationID: "signOut", Method: http.MethodPost, Path: "/v1/auth/sign-out",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Sign this device out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.EndSession(ctx, edge.ActorFrom(ctx), edge.ActorFrom(ctx).SessionID)
		})
	register(a, huma.Operation{OperationID: "readMe", Method: http.MethodGet, Path: "/v1/me",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Read your own account"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[models.Account], error) {
			return edge.Answered(a.Care.People.Me(ctx, edge.ActorFrom(ctx)))
		})
	register(a, huma.Operation{OperationID: "listMySessions", Method: http.MethodGet, Path: "/v1/me/sessions",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "List the devices that you are signed in on"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[sessionView]], error) {
			found, err := a.Care.Signin.Sessions(ctx, edge.ActorFrom(ctx))
			views := make([]sessionView, 0, len(found))
			for _, s := range found {
				views = append(views, sessionView{s, s.ID == edge.ActorFrom(ctx).SessionID})
			}
			return edge.Pieced(*in, views, func(s sessionView) string { return s.ID }, err)
		})
	register(a, huma.Operation{OperationID: "endMyOtherSessions", Method: http.MethodDelete, Path: "/v1/me/sessions",
		Tags: tag, Summary: "Sign all your other devices out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.EndOtherSessions(ctx, edge.ActorFrom(ctx))
		})
	register(a, huma.Operation{OperationID: "endMySession", Method: http.MethodDelete, Path: "/v1/me/sessions/{sessionId}",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Sign one of your devices out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *sessionPath) (*struct{}, error) {
			return nil, a.Care.Signin.EndSession(ctx, edge.ActorFrom(ctx), in.SessionID)
		})
}
