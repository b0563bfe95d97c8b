package signon

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/signin"
	"handrail/care/sso"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type firebaseInput struct {
	door.Proved
	Body struct {
		IDToken string        `json:"idToken" minLength:"1" maxLength:"8192" doc:"As Firebase's SDK gives it to the app."`
		Device  models.Device `json:"device"`
	}
}

type linkFirebaseInput struct {
	Body struct {
		IDToken string `json:"idToken" minLength:"1" maxLength:"8192"`
	}
}

type expectFirebaseInput struct {
	AccountPath
	Body struct {
		Phone string `json:"phone,omitempty" maxLength:"160" text:"phone" doc:"With + and the country's code. This or an e-mail address."`
		Email string `json:"email,omitempty" maxLength:"320"`
	}
}

type agreementInput struct {
	Body struct {
		Agreement  string `json:"agreement" minLength:"3" maxLength:"500" doc:"The agreement with the provider, as the clinic keeps it: its name or number and day."`
		SenderName string `json:"senderName" minLength:"3" maxLength:"11" doc:"What the SMS comes from, as it is set at Firebase. It must not name the app or what it is for."`
	}
}

// firebasePace: a clinic's phones share an address.
var firebasePace = edge.Pace{Every: time.Second, Burst: 120}

// firebaseSignIn registers the sign-in of clinics that use Firebase. It answers 404
// until the site has a project and has recorded its agreement.
func (a *api) firebaseSignIn() {
	tag := []string{"Sign-in"}
	limited := huma.Middlewares{a.PerAddress(firebasePace)}
	door.Register(a.API, huma.Operation{OperationID: "signInByFirebase", Method: http.MethodPost, Path: "/v1/auth/firebase", Tags: tag, Security: edge.Public,
		Summary: "Sign in by an ID token of Firebase", DefaultStatus: http.StatusCreated, Middlewares: limited, Errors: []int{http.StatusNotFound, http.StatusTooManyRequests, http.StatusUnauthorized},
		Description: "Of who signed in there within the last ten minutes. Whoever does not come in gets one and the same answer."},
		func(ctx context.Context, in *firebaseInput) (*door.SignedIn, error) {
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				in.Body.Device.Key = key
				return a.Care.SSO.ByFirebase(ctx, in.Body.IDToken, in.Body.Device)
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "linkFirebase", Method: http.MethodPost, Path: "/v1/me/firebase", Tags: tag,
		Summary: "Tie your account to your sign-in at Firebase", DefaultStatus: http.StatusNoContent, Middlewares: limited, Errors: []int{http.StatusNotFound, http.StatusTooManyRequests}},
		func(ctx context.Context, in *linkFirebaseInput) (*struct{}, error) {
			return nil, a.Care.SSO.LinkFirebase(ctx, edge.ActorFrom(ctx), in.Body.IDToken)
		})
	door.Register(a.API, huma.Operation{OperationID: "expectByFirebase", Method: http.MethodPut, Path: "/v1/accounts/{accountId}/expected-firebase", Tags: []string{"Accounts"},
		Summary: "Let somebody into an account who proves a phone number or an e-mail address at Firebase", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *expectFirebaseInput) (*struct{}, error) {
			return nil, a.Care.SSO.ExpectByFirebase(ctx, edge.ActorFrom(ctx), in.AccountID, in.Body.Phone, in.Body.Email)
		})
	door.Register(a.API, huma.Operation{OperationID: "agreeToFirebase", Method: http.MethodPut, Path: "/v1/site/firebase-agreement", Tags: []string{"Site"},
		Summary: "Record the clinic's agreement with Firebase and the neutral name of the SMS", DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *agreementInput) (*struct{}, error) {
			return nil, a.Care.SSO.AgreeToFirebase(ctx, edge.ActorFrom(ctx), sso.FirebaseAgreement{Agreement: in.Body.Agreement, SenderName: in.Body.SenderName})
		})
	door.Register(a.API, huma.Operation{OperationID: "readFirebaseAgreement", Method: http.MethodGet, Path: "/v1/site/firebase-agreement", Tags: []string{"Site"},
		Summary: "Read the clinic's agreement with Firebase", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[sso.FirebaseAgreement], error) {
			return edge.Answered(a.Care.SSO.FirebaseAgreement(ctx, edge.ActorFrom(ctx)))
		})
}
