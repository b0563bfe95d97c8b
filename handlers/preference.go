package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type preferenceInput struct {
	door.PatientPath
	edge.Reading
}

type setPreferenceInput struct {
	door.PatientPath
	edge.Editing
	Body visits.VisitPreference
}

// preference registers when and how a patient would rather have visits.
func (a *API) preference() {
	tag := []string{"Scheduling"}
	const path = "/v1/patients/{patientId}/visit-preference"
	door.Register(a.API, huma.Operation{OperationID: "readVisitPreference", Method: http.MethodGet, Path: path, Tags: tag, Summary: "When and how the patient would rather have visits"},
		func(ctx context.Context, in *preferenceInput) (*edge.Tagged[visits.VisitPreference], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Visits.Preference(ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setVisitPreference", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Say when and how; GET /v1/slots?suiting=true keeps to it"},
		func(ctx context.Context, in *setPreferenceInput) (*edge.Tagged[visits.VisitPreference], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.SetPreference(ctx, version, in.Body))
		})
}
