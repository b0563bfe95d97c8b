package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify"
)

type newAccountInput struct {
	edge.Creating
	Body struct {
		ID            string            `json:"id,omitempty" format:"uuid" doc:"Made by the client, so that a repeated call is the same account."`
		Role          models.Role       `json:"role" enum:"patient,supporter,guardian,interpreter,partner,clinician,coordinator,administrator"`
		Discipline    models.Discipline `json:"discipline,omitempty" maxLength:"40" doc:"For clinicians only."`
		PartnerID     string            `json:"partnerId,omitempty" format:"uuid" doc:"For partners only: their organisation."`
		Name          string            `json:"name" minLength:"1" maxLength:"200"`
		PreferredName string            `json:"preferredName,omitempty" maxLength:"100"`
		BirthDate     string            `json:"birthDate,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
		Phone         string            `json:"phone,omitempty" maxLength:"160" text:"phone" doc:"With + and the country's code, as people write it; kept as E.164, with an extension as in RFC 3966."`
		Zone          string            `json:"zone,omitempty" maxLength:"64" doc:"IANA time zone. The site's when left out."`
		Language      string            `json:"language,omitempty" maxLength:"35" doc:"BCP 47. The site's when left out."`
		Country       string            `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2. The site's when left out."`
	}
}

// AccountPath names an account.
type AccountPath struct {
	AccountID string `path:"accountId" format:"uuid" doc:"The id of the account."`
}

type accountPieces struct {
	AccountPath
	edge.Pieces
}

type codeInput struct {
	AccountPath
	edge.Creating
	Body *struct {
		Identity []string `json:"identityChecked,omitempty" maxItems:"6" enum:"known-in-person,photo-id,called-back,birth-date,last-visit,address" doc:"How you made sure who it is. Asked for patients, supporters and interpreters who were signed in before: one of the first three, or two of the others. called-back: on the number that the record has."`
	}
}

type accountsInput struct {
	edge.Paging
	Role models.Role `query:"role" required:"true" enum:"patient,supporter,guardian,interpreter,partner,clinician,coordinator,administrator"`
}

type readAccountInput struct {
	AccountPath
	edge.Reading
}

type statusInput struct {
	AccountPath
	edge.Editing
	Body struct {
		Status string `json:"status" enum:"active,suspended"`
	}
}

type codePath struct {
	AccountPath
	CodeID string `path:"codeId" format:"uuid"`
}

type officerInput struct {
	AccountPath
	Body struct {
		On bool `json:"on" doc:"Where nobody has the duty, every administrator has."`
	}
}

type endSessionInput struct {
	AccountPath
	SessionID string `path:"sessionId" format:"uuid"`
	Body      struct {
		Reason string `json:"reason" enum:"reported-lost,given-back" doc:"The device forgets its person when it next asks."`
	}
}

// accounts registers what the office does with accounts.
func (a *API) accounts() {
	tag := []string{"Accounts"}
	door.Register(a.API, huma.Operation{OperationID: "createAccount", Method: http.MethodPost, Path: "/v1/accounts",
		Tags: tag, Summary: "Create an account", DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *newAccountInput) (*edge.Answer[models.Account], error) {
			b := in.Body
			id, err := in.NewID(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.People.CreateAccount(ctx, edge.ActorFrom(ctx), people.NewAccount{ID: id, Role: b.Role, Discipline: b.Discipline, PartnerID: b.PartnerID,
				Name: b.Name, PreferredName: b.PreferredName, BirthDate: b.BirthDate, Phone: b.Phone,
				Zone: b.Zone, Language: b.Language, Country: b.Country}))
		})
	door.Register(a.API, huma.Operation{OperationID: "listAccounts", Method: http.MethodGet, Path: "/v1/accounts",
		Tags: tag, Summary: "List the accounts of a role"},
		func(ctx context.Context, in *accountsInput) (*edge.Answer[edge.List[models.Account]], error) {
			return door.Paged(a.Care.People.Accounts(ctx, edge.ActorFrom(ctx), in.Role, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readAccount", Method: http.MethodGet, Path: "/v1/accounts/{accountId}",
		Tags: tag, Summary: "Read an account"},
		func(ctx context.Context, in *readAccountInput) (*edge.Tagged[models.Account], error) {
			found, err := a.Care.People.ReadAccount(ctx, edge.ActorFrom(ctx), in.AccountID)
			return door.VersionedUnless(in.Reading, found, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readAccountReach", Method: http.MethodGet, Path: "/v1/accounts/{accountId}/reach",
		Tags: tag, Summary: "Whether the clinic can reach somebody, and what came back", Description: "No address and no number: those are their own."},
		func(ctx context.Context, in *AccountPath) (*edge.Answer[notify.Reach], error) {
			if _, err := a.Care.People.ReadAccount(ctx, edge.ActorFrom(ctx), in.AccountID); err != nil || a.config.Notify == nil {
				return edge.Answered(notify.Reach{}, err)
			}
			return edge.Answered(a.config.Notify.ReachOf(ctx, in.AccountID))
		})
	door.Register(a.API, huma.Operation{OperationID: "createEnrolmentCode", Method: http.MethodPost, Path: "/v1/accounts/{accountId}/enrolment-codes",
		Tags: tag, Summary: "Make a one-time enrolment code", DefaultStatus: http.StatusCreated,
		Description: "It ends the codes of the account that are open. With an Idempotency-Key the same call sent twice gives the same code; without one each call makes another."},
		func(ctx context.Context, in *codeInput) (*edge.Answer[signin.EnrolmentCode], error) {
			var r signin.CodeRequest
			if in.Body != nil {
				r.Identity = in.Body.Identity
			}
			if in.IdempotencyKey != "" {
				var err error
				if r.RequestID, err = in.NewID(ctx, ""); err != nil {
					return nil, err
				}
			}
			return edge.Answered(a.Care.Signin.NewEnrolmentCode(ctx, edge.ActorFrom(ctx), in.AccountID, r))
		})
	door.Register(a.API, huma.Operation{OperationID: "setAccountStatus", Method: http.MethodPut, Path: "/v1/accounts/{accountId}/status",
		Tags: tag, Summary: "Suspend or reinstate an account"},
		func(ctx context.Context, in *statusInput) (*edge.Tagged[models.Account], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.People.Suspend(ctx, edge.ActorFrom(ctx), version, in.AccountID, in.Body.Status == models.AccountSuspended))
		})
	door.Register(a.API, huma.Operation{OperationID: "listEnrolmentCodes", Method: http.MethodGet, Path: "/v1/accounts/{accountId}/enrolment-codes",
		Tags: tag, Summary: "List the codes by which somebody could still come into an account", Description: "Not the codes themselves: nobody can read them again."},
		func(ctx context.Context, in *accountPieces) (*edge.Answer[edge.List[signin.OpenCode]], error) {
			found, err := a.Care.Signin.OpenCodes(ctx, edge.ActorFrom(ctx), in.AccountID)
			return edge.Pieced(in.Pieces, found, func(c signin.OpenCode) string { return c.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "cancelEnrolmentCode", Method: http.MethodDelete, Path: "/v1/accounts/{accountId}/enrolment-codes/{codeId}",
		Tags: tag, Summary: "Cancel a code that is open", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *codePath) (*struct{}, error) {
			return nil, a.Care.Signin.CancelCode(ctx, edge.ActorFrom(ctx), in.AccountID, in.CodeID)
		})
	door.Register(a.API, huma.Operation{OperationID: "takeOffFactors", Method: http.MethodDelete, Path: "/v1/accounts/{accountId}/ways",
		Tags: tag, Summary: "Take off somebody's passkeys, PIN, app with codes and recovery codes (another administrator)", DefaultStatus: http.StatusNoContent,
		Description: "For who lost them: codes of the office still let them in. Their person is told."},
		func(ctx context.Context, in *AccountPath) (*struct{}, error) {
			return nil, a.Care.Signin.TakeOffFactors(ctx, edge.ActorFrom(ctx), in.AccountID)
		})
	door.Register(a.API, huma.Operation{OperationID: "listAccountSessions", Method: http.MethodGet, Path: "/v1/accounts/{accountId}/sessions",
		Tags: tag, Summary: "List the devices of an account that may hold something of its person"},
		func(ctx context.Context, in *accountPieces) (*edge.Answer[edge.List[models.Session]], error) {
			found, err := a.Care.Signin.SessionsOf(ctx, edge.ActorFrom(ctx), in.AccountID)
			return edge.Pieced(in.Pieces, found, func(s models.Session) string { return s.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "endAccountSession", Method: http.MethodPost, Path: "/v1/accounts/{accountId}/sessions/{sessionId}/end",
		Tags: tag, Summary: "End somebody's device: it was lost, or a lent one came back", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *endSessionInput) (*struct{}, error) {
			return nil, a.Care.Signin.EndSessionOf(ctx, edge.ActorFrom(ctx), in.AccountID, in.SessionID, in.Body.Reason)
		})
	door.Register(a.API, huma.Operation{OperationID: "setPrivacyOfficer", Method: http.MethodPut, Path: "/v1/accounts/{accountId}/privacy-officer",
		Tags: tag, Summary: "Give an administrator the duty of the privacy officer, or take it"},
		func(ctx context.Context, in *officerInput) (*edge.Answer[models.Account], error) {
			return edge.Answered(a.Care.People.SetPrivacyOfficer(ctx, edge.ActorFrom(ctx), in.AccountID, in.Body.On))
		})
}
