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

// PasskeyPath names a passkey.
type PasskeyPath struct {
	PasskeyID string `path:"passkeyId" format:"uuid"`
}

type newPasskeyInput struct {
	Body struct {
		Name              string   `json:"name" minLength:"1" maxLength:"100" doc:"What its person calls it."`
		ID                string   `json:"id" minLength:"1" maxLength:"1400" doc:"base64url, as all that follows: PublicKeyCredential.toJSON()."`
		ClientDataJSON    string   `json:"clientDataJSON" minLength:"1" maxLength:"8192"`
		AttestationObject string   `json:"attestationObject" minLength:"1" maxLength:"65536"`
		Transports        []string `json:"transports,omitempty" maxItems:"10" maxLength:"40"`
	}
}

type namePasskeyInput struct {
	PasskeyPath
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"100"`
	}
}

type pinInput struct {
	Body struct {
		PIN string `json:"pin" minLength:"1" maxLength:"64" doc:"6 to 12 digits that are not easy to guess."`
	}
}

type totpInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"16" doc:"Six digits of the app."`
	}
}

type stepUpInput struct {
	Body struct {
		Passkey      *Assertion `json:"passkey,omitempty" doc:"The answer to POST /v1/me/step-up/options."`
		PIN          string     `json:"pin,omitempty" maxLength:"64"`
		TOTP         string     `json:"totp,omitempty" maxLength:"16"`
		RecoveryCode string     `json:"recoveryCode,omitempty" maxLength:"64"`
		Word         string     `json:"word,omitempty" maxLength:"64" doc:"What a colleague said; for an emergency alone."`
	}
}

// ways registers what a person does with their own ways in.
func (a *API) ways() {
	tag := []string{"Ways in"}
	free := func() map[string]any { return map[string]any{edge.BeforeFactor: true} }
	pace := huma.Middlewares{a.PerAccount(stepUpPace)}
	many := []int{http.StatusTooManyRequests}
	door.Register(a.API, huma.Operation{OperationID: "listMyWays", Method: http.MethodGet, Path: "/v1/me/ways",
		Tags: tag, Summary: "List the ways by which you can sign in", Metadata: free()},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[signin.Ways], error) {
			return edge.Answered(a.Care.Signin.MyWays(ctx, edge.ActorFrom(ctx)))
		})
	door.Register(a.API, huma.Operation{OperationID: "beginPasskey", Method: http.MethodPost, Path: "/v1/me/passkeys/options",
		Tags: tag, Summary: "Begin to make a passkey", Metadata: free(), DefaultStatus: http.StatusOK, Middlewares: pace, Errors: many},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[passkeyCreation], error) {
			made, err := a.Care.Signin.NewPasskey(ctx, edge.ActorFrom(ctx))
			return edge.Answered(creationOf(made), err)
		})
	door.Register(a.API, huma.Operation{OperationID: "addPasskey", Method: http.MethodPost, Path: "/v1/me/passkeys",
		Tags: tag, Summary: "Keep a passkey that was made", Metadata: free(), DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *newPasskeyInput) (*edge.Answer[signin.Passkey], error) {
			b := in.Body
			return edge.Answered(a.Care.Signin.AddPasskey(ctx, edge.ActorFrom(ctx), b.Name,
				signin.Registered{ID: b.ID, ClientDataJSON: b.ClientDataJSON, AttestationObject: b.AttestationObject, Transports: b.Transports}))
		})
	door.Register(a.API, huma.Operation{OperationID: "namePasskey", Method: http.MethodPut, Path: "/v1/me/passkeys/{passkeyId}/name",
		Tags: tag, Summary: "Give a passkey another name", Metadata: free()},
		func(ctx context.Context, in *namePasskeyInput) (*edge.Answer[signin.Passkey], error) {
			return edge.Answered(a.Care.Signin.RenamePasskey(ctx, edge.ActorFrom(ctx), in.PasskeyID, in.Body.Name))
		})
	door.Register(a.API, huma.Operation{OperationID: "removePasskey", Method: http.MethodDelete, Path: "/v1/me/passkeys/{passkeyId}",
		Tags: tag, Summary: "Take a passkey off", Metadata: free(), DefaultStatus: http.StatusOK,
		Description: "It answers with what stands, for PublicKeyCredential.signalAllAcceptedCredentials."},
		func(ctx context.Context, in *PasskeyPath) (*edge.Answer[signin.Ways], error) {
			return edge.Answered(a.Care.Signin.RemovePasskey(ctx, edge.ActorFrom(ctx), in.PasskeyID))
		})
	door.Register(a.API, huma.Operation{OperationID: "setPIN", Method: http.MethodPut, Path: "/v1/me/pin",
		Tags: tag, Summary: "Set or change the PIN of the app", Middlewares: pace, Errors: many,
		Description: "For patients and those around them. It opens on devices that its person was signed in on, and nowhere else."},
		func(ctx context.Context, in *pinInput) (*edge.Answer[signin.PINView], error) {
			return edge.Answered(a.Care.Signin.SetPIN(ctx, edge.ActorFrom(ctx), in.Body.PIN))
		})
	door.Register(a.API, huma.Operation{OperationID: "removePIN", Method: http.MethodDelete, Path: "/v1/me/pin",
		Tags: tag, Summary: "Take the PIN off", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.RemovePIN(ctx, edge.ActorFrom(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "beginTOTP", Method: http.MethodPost, Path: "/v1/me/totp",
		Tags: tag, Summary: "Make a key for an app that shows codes", Metadata: free(), DefaultStatus: http.StatusCreated, Middlewares: pace, Errors: many,
		Description: "For staff. The key counts from its first code on."},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[signin.NewTOTP], error) {
			return edge.Answered(a.Care.Signin.BeginTOTP(ctx, edge.ActorFrom(ctx)))
		})
	door.Register(a.API, huma.Operation{OperationID: "confirmTOTP", Method: http.MethodPost, Path: "/v1/me/totp/confirm",
		Tags: tag, Summary: "Show the first code of the app", Metadata: free(), DefaultStatus: http.StatusOK, Middlewares: pace, Errors: many},
		func(ctx context.Context, in *totpInput) (*edge.Answer[signin.TOTPView], error) {
			return edge.Answered(a.Care.Signin.ConfirmTOTP(ctx, edge.ActorFrom(ctx), in.Body.Code))
		})
	door.Register(a.API, huma.Operation{OperationID: "removeTOTP", Method: http.MethodDelete, Path: "/v1/me/totp",
		Tags: tag, Summary: "Take the app with codes off", Metadata: free(), DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Signin.RemoveTOTP(ctx, edge.ActorFrom(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "makeRecoveryCodes", Method: http.MethodPost, Path: "/v1/me/recovery-codes",
		Tags: tag, Summary: "Make ten recovery codes, shown once", Metadata: free(), DefaultStatus: http.StatusCreated, Middlewares: pace, Errors: many,
		Description: "Those before them end."},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[signin.RecoveryCodes], error) {
			return edge.Answered(a.Care.Signin.NewRecoveryCodes(ctx, edge.ActorFrom(ctx)))
		})
	a.stepUps(tag, free)
}

// stepUpPace is how often one account may try a factor; what keeps a PIN from being
// guessed is the limit of its tries.
var stepUpPace = edge.Pace{Every: 2 * time.Second, Burst: 60}

// stepUps registers how a session shows once more that it is its person.
func (a *API) stepUps(tag []string, free func() map[string]any) {
	pace := huma.Middlewares{a.PerAccount(stepUpPace)}
	many := []int{http.StatusTooManyRequests, http.StatusNotFound}
	door.Register(a.API, huma.Operation{OperationID: "beginStepUp", Method: http.MethodPost, Path: "/v1/me/step-up/options",
		Tags: tag, Summary: "Begin to step up with one of your passkeys", Metadata: free(), DefaultStatus: http.StatusOK, Middlewares: pace, Errors: many},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[passkeyRequest], error) {
			made, err := a.Care.Signin.OfferStepUp(ctx, edge.ActorFrom(ctx))
			return edge.Answered(requestFor(made), err)
		})
	door.Register(a.API, huma.Operation{OperationID: "stepUp", Method: http.MethodPost, Path: "/v1/me/step-up",
		Tags: tag, Summary: "Show once more that it is you", Metadata: free(), DefaultStatus: http.StatusOK, Middlewares: pace, Errors: many,
		Description: "By one of the ways that a problem step-up-required names. It holds for ten minutes, for this session."},
		func(ctx context.Context, in *stepUpInput) (*edge.Answer[signin.Fresh], error) {
			actor, b := edge.ActorFrom(ctx), in.Body
			switch {
			case b.Passkey != nil:
				return edge.Answered(a.Care.Signin.StepUpWithPasskey(ctx, actor, b.Passkey.asserted()))
			case b.PIN != "":
				return edge.Answered(a.Care.Signin.StepUpWithPIN(ctx, actor, b.PIN))
			case b.TOTP != "":
				return edge.Answered(a.Care.Signin.StepUpWithTOTP(ctx, actor, b.TOTP))
			case b.RecoveryCode != "":
				return edge.Answered(a.Care.Signin.StepUpWithRecoveryCode(ctx, actor, b.RecoveryCode))
			case b.Word != "":
				return edge.Answered(a.Care.Signin.StepUpWithWord(ctx, actor, b.Word))
			}
			var checks models.Checks
			checks.Fail("passkey", "required", "Please fill this in.")
			return nil, checks.Err()
		})
	door.Register(a.API, huma.Operation{OperationID: "giveWord", Method: http.MethodPost, Path: "/v1/me/step-up/words",
		Tags: tag, Summary: "Make a word for a colleague whose factor is not at hand, in an emergency", DefaultStatus: http.StatusCreated, Middlewares: pace, Errors: many,
		Description: "For staff. It holds for five minutes, once, and for breaking the glass alone. Both names are written down."},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[signin.Word], error) {
			return edge.Answered(a.Care.Signin.GiveWord(ctx, edge.ActorFrom(ctx)))
		})
}
