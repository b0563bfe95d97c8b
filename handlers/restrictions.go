package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type readRestrictionInput struct {
	door.PatientPath
	edge.Reading
}

type restrictInput struct {
	door.PatientPath
	edge.Editing
	Body struct {
		Reason  string   `json:"reason" enum:"works-here,relative-works-here,asked"`
		Readers []string `json:"readers" minItems:"1" maxItems:"100" format:"uuid" doc:"Accounts of the care team who may read it still; one of them treats."`
	}
}

type unrestrictInput struct {
	door.PatientPath
	edge.Editing
}

type restrictedChartsInput struct{ edge.Paging }

type restrictionHintsInput struct{ edge.Pieces }

// restrictions registers charts that are closed to people who work for the clinic.
func (a *API) restrictions() {
	tag := []string{"Consent and access"}
	const path = "/v1/patients/{patientId}/restriction"
	door.Register(a.API, huma.Operation{OperationID: "readRestriction", Method: http.MethodGet, Path: path, Tags: tag,
		Summary:     "Whether a chart is closed to people of the clinic, and who may read it",
		Description: "For the patient, for who works here and has the chart open, and for privacy officers, to whom it opens nothing else."},
		func(ctx context.Context, in *readRestrictionInput) (*edge.Tagged[people.RestrictionView], error) {
			v, err := a.Care.People.Restriction(ctx, edge.ActorFrom(ctx), in.PatientID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "restrictChart", Method: http.MethodPut, Path: path, Tags: tag,
		Summary:     "Close a chart to everybody of the clinic but some of its care team (the patient, a privacy officer)",
		Description: "Everybody else who works here can't tell the patient from nobody, from the next request on. Family, guardians and partners see what was signed for them. In an emergency medical people can break the glass: the patient is told at once, and it is reviewed within 24 hours."},
		func(ctx context.Context, in *restrictInput) (*edge.Tagged[people.RestrictionView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.People.Restrict(ctx, edge.ActorFrom(ctx), in.PatientID, version, people.RestrictionTerms{Reason: in.Body.Reason, Readers: in.Body.Readers}))
		})
	door.Register(a.API, huma.Operation{OperationID: "unrestrictChart", Method: http.MethodPost, Path: path + "/end", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Open a chart again to its care team and the office (the patient, a privacy officer)"},
		func(ctx context.Context, in *unrestrictInput) (*edge.Tagged[people.RestrictionView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.People.Unrestrict(ctx, edge.ActorFrom(ctx), in.PatientID, version))
		})
	door.Register(a.API, huma.Operation{OperationID: "listRestrictedCharts", Method: http.MethodGet, Path: "/v1/restricted-charts", Tags: tag,
		Summary: "Charts that are closed to people of the clinic, the newest first (privacy officer)"},
		func(ctx context.Context, in *restrictedChartsInput) (*edge.Answer[edge.List[people.RestrictedChart]], error) {
			return door.Paged(a.Care.People.RestrictedCharts(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "listRestrictionHints", Method: http.MethodGet, Path: "/v1/restricted-charts/hints", Tags: tag,
		Summary:     "Patients who may work here, or whose family may, and whose chart was never closed (privacy officer)",
		Description: "By names that are the same, at most 100: somebody is to look, nothing is known."},
		func(ctx context.Context, in *restrictionHintsInput) (*edge.Answer[edge.List[people.RestrictionHint]], error) {
			found, err := a.Care.People.RestrictionHints(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(in.Pieces, found, func(h people.RestrictionHint) string { return h.PatientID }, err)
		})
}
