package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type consentsInput struct {
	door.PatientPath
	edge.Paging
}

type giveConsentInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID         string             `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Kind       models.ConsentKind `json:"kind" enum:"sharing,tpo,counselling-notes,legal-proceedings"`
		Provision  models.Provision   `json:"provision" enum:"permit,deny"`
		Recipient  string             `json:"recipient" minLength:"1" maxLength:"128" doc:"An account of sharing-choices; for kind tpo treating-providers."`
		Scopes     []models.Scope     `json:"scopes" minItems:"1" maxItems:"20"`
		Purposes   []models.Purpose   `json:"purposes" minItems:"1" maxItems:"5"`
		Expiry     models.Expiry      `json:"expiry,omitempty" doc:"Left out for a supporter: 180 days."`
		Statements []models.Statement `json:"statements,omitempty" maxItems:"3" doc:"The statements that were shown and accepted."`
		Signature  models.Signature   `json:"signature"`

		CallForHelp       *models.CallForHelp       `json:"callForHelp,omitempty" doc:"With scope promise.call-for-help."`
		MedicineReminders *models.MedicineReminders `json:"medicineReminders,omitempty" doc:"With scope promise.medicine-reminders."`

		Words *models.ReadWords `json:"words,omitempty" doc:"The words of the app that were read before signing. A permit needs them where a clinic signs such words (consent-words-changed, consent-words-unsigned)."`
	}
}

type consentPath struct {
	door.PatientPath
	ConsentID string `path:"consentId" format:"uuid"`
}

// consents registers ActorFrom(ctx) may see what, and ActorFrom(ctx) saw it.
func (a *API) consents() {
	tag := []string{"Consent and access"}
	door.Register(a.API, huma.Operation{OperationID: "listConsents", Method: http.MethodGet, Path: "/v1/patients/{patientId}/consents",
		Tags: tag, Summary: "List consents, newest first"},
		func(ctx context.Context, in *consentsInput) (*edge.Answer[edge.List[people.ConsentView]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.People.Consents(ctx, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "giveConsent", Method: http.MethodPost, Path: "/v1/patients/{patientId}/consents",
		Tags: tag, Summary: "Sign a consent", DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *giveConsentInput) (*edge.Answer[people.ConsentView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			id, err := in.NewID(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.GiveConsent(ctx, id, models.ConsentTerms{Kind: b.Kind, Provision: b.Provision, Recipient: b.Recipient,
				Scopes: b.Scopes, Purposes: b.Purposes, Expiry: b.Expiry, Statements: b.Statements, Signature: b.Signature,
				CallForHelp: b.CallForHelp, MedicineReminders: b.MedicineReminders, Words: b.Words}))
		})
	door.Register(a.API, huma.Operation{OperationID: "revokeConsent", Method: http.MethodDelete, Path: "/v1/patients/{patientId}/consents/{consentId}",
		Tags: tag, Summary: "Take a consent back; holds from the next request", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *consentPath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.People.RevokeConsent(ctx, in.ConsentID)
		})
	door.Register(a.API, huma.Operation{OperationID: "readSharingChoices", Method: http.MethodGet, Path: "/v1/patients/{patientId}/sharing-choices",
		Tags: tag, Summary: "What a consent form can offer"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[people.SharingChoices], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.SharingChoices(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "readAccessLog", Method: http.MethodGet, Path: "/v1/patients/{patientId}/access-log",
		Tags: tag, Summary: "Who opened or changed your record, in plain words"},
		func(ctx context.Context, in *accessLogInput) (*edge.Answer[edge.List[people.AccessEntry]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.People.AccessLog(ctx, in.language(), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readChanges", Method: http.MethodGet, Path: "/v1/patients/{patientId}/changes",
		Tags: tag, Summary: "What others changed in a chart since you looked", Description: "For who works here. Each call is a look; those of the last half hour do not count, so that a page may be loaded again."},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[people.Changes], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.Changes(ctx))
		})
}

type accessLogInput struct {
	door.PatientPath
	edge.Paging
	Speaking
}
