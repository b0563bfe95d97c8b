package edge

import (
	"cmp"

	"github.com/danielgtaylor/huma/v2"
)

// humaConfig starts from nothing instead of from huma.DefaultConfig: that adds a
// link to a schema to every answer, and a page of documentation from a CDN.
func (e *Edge) humaConfig() huma.Config {
	info := *e.config.Info
	info.Version = e.config.Version
	format := map[string]huma.Format{"application/json": shownJSON, "json": shownJSON}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &info,
			Servers: []*huma.Server{{URL: cmp.Or(e.config.BaseURL, "/"), Description: "This site."}},
			Tags:    e.config.Tags,
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", e.config.SchemaName),
				SecuritySchemes: securitySchemes(),
			},
		},
		Formats:       format,
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{e.stampAnswers},
	}
}
