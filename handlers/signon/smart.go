package signon

import (
	"net/http"
	"strings"

	"handrail/care/apps"
	"handrail/handlers/fhirapi"
	"handrail/models"
)

// smartConfiguration is what an app reads first (SMART App Launch 2.2, section 8.1).
type smartConfiguration struct {
	Issuer        string   `json:"issuer"`
	Keys          string   `json:"jwks_uri"`
	Authorize     string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Introspection string   `json:"introspection_endpoint"`
	Revocation    string   `json:"revocation_endpoint"`
	Grants        []string `json:"grant_types_supported"`
	Responses     []string `json:"response_types_supported"`
	Subjects      []string `json:"subject_types_supported"`
	Signatures    []string `json:"id_token_signing_alg_values_supported"`
	Scopes        []string `json:"scopes_supported"`
	Methods       []string `json:"code_challenge_methods_supported"`
	Clients       []string `json:"token_endpoint_auth_methods_supported"`
	Capabilities  []string `json:"capabilities"`
	NamesIssuer   bool     `json:"authorization_response_iss_parameter_supported"`
	Management    string   `json:"management_endpoint" doc:"Where a person sees and takes back what apps may read."`
}

func (a *api) smart() smartConfiguration {
	base := a.Config().BaseURL
	return smartConfiguration{Issuer: base + fhirapi.Base, Keys: base + "/oauth/jwks.json", Authorize: base + "/oauth/authorize", Token: base + "/oauth/token",
		Introspection: base + "/oauth/introspect", Revocation: base + "/oauth/revoke", Management: base + "/#/apps",
		Grants: []string{"authorization_code", "refresh_token"}, Responses: []string{"code"}, Subjects: []string{"public"}, Signatures: []string{"RS256"},
		Scopes: apps.Scopes(), Methods: []string{"S256"}, Clients: []string{"client_secret_basic", "client_secret_post", "none"}, NamesIssuer: true,
		Capabilities: []string{"launch-standalone", "launch-ehr", "authorize-post", "client-public", "client-confidential-symmetric", "sso-openid-connect",
			"context-standalone-patient", "context-ehr-patient", "permission-patient", "permission-offline", "permission-online", "permission-v1", "permission-v2"}}
}

// appMay tells whether an app may make a call at all: reading a resource that one of
// its scopes names. Whose record it is, is for the chart.
func appMay(app models.AppAccess, method, path string) error {
	resource, rest, _ := strings.Cut(strings.TrimPrefix(path, fhirapi.Base+"/"), "/")
	if method != http.MethodGet || !strings.HasPrefix(path, fhirapi.Base+"/") || strings.HasPrefix(rest, "$") || !app.MayRead(resource) {
		return models.E(models.KindForbidden, "app-scope", "The person has not allowed this app to read this.")
	}
	return nil
}
