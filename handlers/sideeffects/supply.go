package sideeffects

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	kept "handrail/care/supply"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/supply"
)

// NewSupply is an entry that somebody writes.
type NewSupply struct {
	ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	supply.Terms
}

type noteInput struct {
	door.PatientPath
	edge.Creating
	Body NewSupply
}

func ofSupply(a *door.API) {
	const path = "/v1/patients/{patientId}/medicine-supply"
	door.Register(a, huma.Operation{OperationID: "readMedicineSupply", Method: http.MethodGet, Path: path, Tags: tag,
		Summary:     "What is seen of how medicines are supplied: fetched early, lost, from two places",
		Description: "For the patient, and for who treats them here. No consent, no app and no emergency opens it, and FHIR does not have it."},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[kept.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Supply.Read(ctx))
		})
	door.Register(a, huma.Operation{OperationID: "noteMedicineSupply", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Write down what was fetched or lost, or what the patient says of it", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *noteInput) (*edge.Answer[supply.Entry], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Supply.Note(ctx, id, in.Body.Terms))
		})
}
