// Package guardians is where the office records who may act for a patient by law, and
// everybody concerned reads it.
package guardians

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// Path names a guardian of a patient. It is exported so that it can be a part of an input.
type Path struct {
	door.PatientPath
	AccountID string `path:"accountId" format:"uuid" doc:"Account of the guardian."`
}

type recordInput struct {
	Path
	Body struct {
		Basis    models.GuardianBasis `json:"basis" enum:"court-order,power-of-attorney,parent"`
		Document string               `json:"document" minLength:"3" maxLength:"300" doc:"What was looked at: the court and its number, or who certified it and when."`
		From     time.Time            `json:"from"`
		Until    time.Time            `json:"until" doc:"It ends by itself then; at most three years after its beginning."`
		Sections []models.Section     `json:"sections,omitempty" maxItems:"11" enum:"profile,care-team,goals,check-ins,crisis-plan,appointments,consents,access-log,education,medicines,substance-use-medicines" doc:"What the document opens to read. Left out: nothing."`
		Signs    bool                 `json:"signs,omitempty" doc:"It lets them sign consents for the patient, and take them back."`
	}
}

type listInput struct {
	door.PatientPath
	edge.Pieces
}

// Add registers the operations.
func Add(a *door.API) {
	tag := []string{"Guardians"}
	minorRules(a, tag)
	door.Register(a, huma.Operation{OperationID: "recordGuardian", Method: http.MethodPut, Path: "/v1/patients/{patientId}/guardians/{accountId}",
		Tags: tag, Summary: "Record what a guardian's document lets them do for a patient",
		Description: "For the office, which has checked the document. It takes the place of what was recorded before; the patient is told. Of a minor, a parent is let see what the rule of the clinic's jurisdiction names; all else is refused (a-minor)."},
		func(ctx context.Context, in *recordInput) (*edge.Answer[models.Guardian], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.People.RecordGuardian(ctx, in.AccountID, people.GuardianTerms{Basis: b.Basis, Document: b.Document,
				GuardianSpan: models.GuardianSpan{From: b.From.UTC(), Until: b.Until.UTC()}, Sections: b.Sections, Signs: b.Signs}))
		})
	door.Register(a, huma.Operation{OperationID: "endGuardian", Method: http.MethodDelete, Path: "/v1/patients/{patientId}/guardians/{accountId}",
		Tags: tag, Summary: "End what a guardian may do, from the next request on", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *Path) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.People.EndGuardian(ctx, in.AccountID)
		})
	door.Register(a, huma.Operation{OperationID: "listGuardians", Method: http.MethodGet, Path: "/v1/patients/{patientId}/guardians",
		Tags: tag, Summary: "List who may act for a patient by a document, and who might before"},
		func(ctx context.Context, in *listInput) (*edge.Answer[edge.List[models.Guardian]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.People.Guardians(ctx)
			return edge.Pieced(in.Pieces, found, func(g models.Guardian) string { return g.AccountID }, err)
		})
}
