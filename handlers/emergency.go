package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type numbersInput struct {
	Country string `query:"country" maxLength:"2" doc:"ISO 3166-1 alpha-2. The site's when left out; all numbers with GET /v1/emergency-numbers/all."`
}

type numbersAnswer[T any] struct {
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// emergency registers the numbers to call. Nothing stands before them.
func (a *API) emergency() {
	tag := []string{"Emergency numbers"}
	const keep = "public, max-age=86400"
	door.Register(a.API, huma.Operation{OperationID: "readEmergencyNumbers", Method: http.MethodGet, Path: "/v1/emergency-numbers", Tags: tag, Security: edge.Public,
		Summary: "Numbers to call in a country; there is always an answer"},
		func(_ context.Context, in *numbersInput) (*numbersAnswer[models.EmergencyNumbers], error) {
			country := in.Country
			if country == "" {
				country = a.Care.Site().Country
			}
			return &numbersAnswer[models.EmergencyNumbers]{keep, models.NumbersFor(country)}, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "listEmergencyNumbers", Method: http.MethodGet, Path: "/v1/emergency-numbers/all", Tags: tag, Security: edge.Public,
		Summary: "Every country's numbers, for a phone to keep"},
		func(_ context.Context, in *edge.Pieces) (*numbersAnswer[edge.List[models.EmergencyNumbers]], error) {
			page, err := edge.Piece(*in, models.AllNumbers(), func(n models.EmergencyNumbers) string { return n.Country })
			return &numbersAnswer[edge.List[models.EmergencyNumbers]]{keep, page}, err
		})
}
