package handlers

import (
	"github.com/danielgtaylor/huma/v2"
)

// humaConfig starts from nothing instead of from huma.DefaultConfig: that adds a
// link to a schema to every answer, and a page of documentation from a CDN.
func (a *API) humaConfig() huma.Config {
	format := map[string]huma.Format{"application/json": shownJSON, "json": shownJSON}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Handrail", Version: a.config.Version,
				Description: "The API of a Handrail site. JSON in UTF-8; refusals are problem documents (RFC 9457)."},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: securitySchemes,
			},
		},
		Formats:       format,
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{a.stampAnswers},
	}
}
