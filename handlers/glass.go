package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/models"
)

type glassInput struct {
	PatientPath
	Creating
	Body struct {
		ID          string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Affiliation string `json:"affiliation" minLength:"1" maxLength:"200"`
		Reason      string `json:"reason" enum:"overdose,suicide-risk,unconscious,severe-withdrawal,other-emergency"`
		Nature      string `json:"nature" minLength:"10" maxLength:"1000" doc:"The nature of the emergency, in words (42 CFR 2.51)." text:"prose"`
		NoConsent   bool   `json:"cannotObtainConsent" doc:"The patient's consent can't be had in time."`
	}
}

// glass registers access in a medical emergency and its review.
func (a *API) breakGlass() {
	tag := []string{"Consent and access"}
	register(a, huma.Operation{OperationID: "breakGlass", Method: http.MethodPost, Path: "/v1/patients/{patientId}/break-glass",
		Tags: tag, Summary: "Open the minimum set in a medical emergency, for an hour", DefaultStatus: http.StatusCreated,
		// Medical personnel may ask about anybody; nobody may try ids by the thousand.
		Middlewares: huma.Middlewares{a.perAccount(Pace{Every: time.Minute, Burst: 20})}, Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *glassInput) (*Answer[models.BreakGlass], error) {
			b := in.Body
			id, err := in.id(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			return answered(a.care.BreakTheGlass(ctx, ActorFrom(ctx), in.PatientID, id, care.GlassRequest{
				Affiliation: b.Affiliation, Reason: b.Reason, Nature: b.Nature, NoConsent: b.NoConsent}))
		})
	register(a, huma.Operation{OperationID: "reviewBreakGlass", Method: http.MethodGet, Path: "/v1/break-glass",
		Tags: tag, Summary: "Review broken glasses (administrators)"},
		func(ctx context.Context, in *Paging) (*Answer[List[models.BreakGlass]], error) {
			return paged(a.care.GlassReview(ctx, ActorFrom(ctx), in.Cursor, in.Limit))
		})
}
