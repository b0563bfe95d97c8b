package handlers

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	"handrail/handlers/edge"
	"handrail/models"
)

const routeBundle = "/v1/patients/{patientId}/crisis-plan/bundle"

var tagHeader, cacheHeader, cachedByThePhone = []byte("Etag"), []byte(fiber.HeaderCacheControl), []byte("private, no-cache")

// bundle serves the signed crisis plan. It stands before Huma and before every
// limit: it must be the last thing that stops working (docs/decisions/0004).
func (a *API) bundle() {
	a.App().Get("/v1/patients/:patientId/crisis-plan/bundle", func(c *fiber.Ctx) error {
		edge.SetRoute(c.UserContext(), routeBundle)
		// Not copied: of what Verify keeps nothing is a part of it.
		token := edge.BearerToken(utils.UnsafeString(c.Request().Header.Peek(fiber.HeaderAuthorization)))
		if token == "" {
			return models.E(models.KindUnsigned, "not-signed-in", "Please sign in.")
		}
		b, err := a.Care.Crisis.PlanBundle(c.UserContext(), token, edge.SmallIDs(c.Params("patientId")))
		if err != nil {
			return err
		}
		h := &c.Response().Header
		h.SetCanonical(tagHeader, utils.UnsafeBytes(b.ETag)) // names as they are written: Set looks at each letter
		h.SetCanonical(cacheHeader, cachedByThePhone)
		if (edge.Reading{IfNoneMatch: c.Get(fiber.HeaderIfNoneMatch)}).Unless(b.ETag) != nil {
			return c.SendStatus(http.StatusNotModified)
		}
		h.SetContentType("application/jose")
		c.Response().SetBodyRaw(utils.UnsafeBytes(b.JWS)) // not copied, and never written to
		return nil
	})
}

// PlanCredential describes the one route that judges the token by itself and stands
// outside of Huma (docs/decisions/0004).
var PlanCredential = []map[string][]string{{"planCredential": {}}}

// describeBundle writes the route into the API document, which Huma makes.
func (a *API) describeBundle() { a.Describe(describeBundle) }

func describeBundle(doc *huma.OpenAPI) {
	doc.Components.SecuritySchemes["planCredential"] = &huma.SecurityScheme{Type: "http", Scheme: "bearer", BearerFormat: "JWT",
		Description: "The same access token, also after it has expired, as long as its session lives. It opens the patient's own crisis plan and nothing else."}
	answers := map[string]*huma.Response{
		"200": {Description: "The plan: a compact JWS (RFC 7515), signed with a key of /.well-known/jwks.json.",
			Headers: map[string]*huma.Param{"ETag": {Description: "The version of the plan.", Schema: &huma.Schema{Type: "string"}}},
			Content: map[string]*huma.MediaType{"application/jose": {Schema: &huma.Schema{Type: "string"}}}},
		"304": {Description: "The copy that you hold is the newest."},
	}
	schema := &huma.Schema{Ref: "#/components/schemas/Problem"}
	for _, status := range []string{"401", "404", "503"} {
		answers[status] = &huma.Response{Description: "A problem.", Content: map[string]*huma.MediaType{edge.ProblemType: {Schema: schema}}}
	}
	doc.AddOperation(&huma.Operation{
		OperationID: "readCrisisPlanBundle", Method: http.MethodGet, Path: routeBundle, Tags: []string{"Crisis plan"},
		Summary: "The patient's own crisis plan, signed and self-contained",
		Description: "At most 64 KB, with the numbers to call. Opens with an access token that has expired, as long as its session " +
			"lives, and while the database is down.",
		Security: PlanCredential, Responses: answers,
		Parameters: []*huma.Param{
			{Name: "patientId", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}},
			{Name: "If-None-Match", In: "header", Description: "The ETag of the copy that you hold.", Schema: &huma.Schema{Type: "string"}},
		},
	})
}
