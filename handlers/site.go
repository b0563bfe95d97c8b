package handlers

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge"
	"handrail/models"
)

// site registers what anybody may know.
func (a *API) site() {
	tag := []string{"Site"}
	register(a, huma.Operation{OperationID: "readSite", Method: http.MethodGet, Path: "/v1/site",
		Tags: tag, Summary: "The clinic, and who reads what you send and when", Security: edge.Public},
		func(context.Context, *struct{}) (*edge.Answer[models.Site], error) {
			return edge.Answered(a.Care.Site(), nil)
		})
	register(a, huma.Operation{OperationID: "readKeys", Method: http.MethodGet, Path: "/.well-known/jwks.json",
		Tags: tag, Summary: "Public keys of access tokens and crisis plans (RFC 7517)", Security: edge.Public},
		func(ctx context.Context, _ *struct{}) (*jwks, error) {
			return &jwks{"public, max-age=300", a.Care.Signin.JWKS()}, nil
		})
}

type jwks struct {
	CacheControl string `header:"Cache-Control"`
	Body         json.RawMessage
}
