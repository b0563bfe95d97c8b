package handlers

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// siteAnswer is what anybody may know of the clinic.
type siteAnswer struct {
	models.Site
	Words map[string][]string `json:"words" doc:"Words of the app that a clinician signs before they are shown, by their id (near, consent): the languages in which they are."`
}

// site registers what anybody may know.
func (a *API) site() {
	tag := []string{"Site"}
	door.Register(a.API, huma.Operation{OperationID: "readSite", Method: http.MethodGet, Path: "/v1/site",
		Tags: tag, Summary: "The clinic, and who reads what you send and when", Security: edge.Public},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[siteAnswer], error) {
			words, err := a.Care.Learn.ShownWords(ctx)
			if err != nil { // the rest must be known also while the store is away; without a signature nothing is shown
				words = map[string][]string{}
			}
			return edge.NewAnswer(siteAnswer{a.Care.Site(), words}), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "readKeys", Method: http.MethodGet, Path: "/.well-known/jwks.json",
		Tags: tag, Summary: "Public keys of access tokens and crisis plans (RFC 7517)", Security: edge.Public},
		func(ctx context.Context, _ *struct{}) (*jwks, error) {
			return &jwks{"public, max-age=300", a.Care.Signin.JWKS()}, nil
		})
}

type jwks struct {
	CacheControl string `header:"Cache-Control"`
	Body         json.RawMessage
}
