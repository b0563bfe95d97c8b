package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/signin"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type enrolInput struct {
	door.Proved
	Body struct {
		Code   string        `json:"code" minLength:"1" maxLength:"64" doc:"The one-time code, in any case, with or without dashes."`
		Device models.Device `json:"device"`

		TOTP         string `json:"totp,omitempty" maxLength:"16" doc:"Of staff who are asked for it (totp-required): six digits of their app."`
		RecoveryCode string `json:"recoveryCode,omitempty" maxLength:"64" doc:"One of their recovery codes in its place."`
	}
}

type refreshInput struct {
	door.Proved
	Body struct {
		RefreshToken string `json:"refreshToken" minLength:"1" maxLength:"256"`
	}
}

type sessionView struct {
	models.Session
	Current bool `json:"current" doc:"This is the device that asks."`
}

type ownAccount struct {
	models.Account
	PrivacyDuty bool `json:"privacyDuty,omitempty" doc:"You do what a privacy officer does: you are named as one, or you are an administrator and nobody is."`
}

type sessionPath struct {
	SessionID string `path:"sessionId" format:"uuid"`
}

// How often one address may try. A clinic's phones share one; what keeps codes from
// being guessed is the limit on each of them (docs/decisions/0011).
var (
	EnrolPace   = edge.Pace{Every: time.Second, Burst: 300}
	refreshPace = edge.Pace{Every: 50 * time.Millisecond, Burst: 600}
)

// signingIn registers enrolment, tokens and the person's own sessions.
func (a *API) signingIn() {
	tag := []string{"Sign-in"}
	door.Register(a.API, huma.Operation{OperationID: "enrol", Method: http.MethodPost, Path: "/v1/auth/enrol",
		Tags: tag, Summary: "Redeem an enrolment code on a device", DefaultStatus: http.StatusCreated, Security: edge.Public,
		Middlewares: huma.Middlewares{a.PerAddress(EnrolPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized}},
		func(ctx context.Context, in *enrolInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				in.Body.Device.Key = key
				return a.Care.Signin.EnrolWith(ctx, edge.AddressFrom(ctx), in.Body.Code, in.Body.Device,
					signin.SecondFactor{TOTP: in.Body.TOTP, RecoveryCode: in.Body.RecoveryCode})
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "refresh", Method: http.MethodPost, Path: "/v1/auth/refresh",
		Tags: tag, Summary: "Trade a refresh token for new tokens", Security: edge.Public,
		Description: "A 401 with wipe means that this device was ended on purpose and must forget its person. Every other 401 " +
			"means to sign in again: a patient's device keeps the crisis plan and what waits to be sent.",
		Middlewares: huma.Middlewares{a.PerAddress(refreshPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized}},
		func(ctx context.Context, in *refreshInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				return a.Care.Signin.RefreshProven(ctx, in.Body.RefreshToken, key)
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "signOut", Method: http.MethodPost, Path: "/v1/auth/sign-out",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Sign this device out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.EndSession(ctx, edge.ActorFrom(ctx), edge.ActorFrom(ctx).SessionID)
		})
	door.Register(a.API, huma.Operation{OperationID: "readMe", Method: http.MethodGet, Path: "/v1/me",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Read your own account"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[ownAccount], error) {
			me, err := a.Care.People.Me(ctx, edge.ActorFrom(ctx))
			if err != nil {
				return nil, err
			}
			duty, err := a.Care.People.HasPrivacyDuty(ctx, edge.ActorFrom(ctx))
			return edge.Answered(ownAccount{me, duty}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "listMySessions", Method: http.MethodGet, Path: "/v1/me/sessions",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "List the devices that you are signed in on"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[sessionView]], error) {
			found, err := a.Care.Signin.Sessions(ctx, edge.ActorFrom(ctx))
			views := make([]sessionView, 0, len(found))
			for _, s := range found {
				views = append(views, sessionView{s, s.ID == edge.ActorFrom(ctx).SessionID})
			}
			return edge.Pieced(*in, views, func(s sessionView) string { return s.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "endMyOtherSessions", Method: http.MethodDelete, Path: "/v1/me/sessions",
		Tags: tag, Summary: "Sign all your other devices out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.EndOtherSessions(ctx, edge.ActorFrom(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "endMySession", Method: http.MethodDelete, Path: "/v1/me/sessions/{sessionId}",
		Tags: tag, Metadata: map[string]any{edge.BeforeFactor: true}, Summary: "Sign one of your devices out", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *sessionPath) (*struct{}, error) {
			return nil, a.Care.Signin.EndSession(ctx, edge.ActorFrom(ctx), in.SessionID)
		})
}
