package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/models"
)

// PatientPath names the chart. An id that is none is not found, like a stranger.
type PatientPath struct {
	PatientID string `path:"patientId" maxLength:"64" doc:"The id of the chart."`
}

type teamInput struct {
	PatientPath
	AccountPath
	Body struct {
		Lead bool `json:"lead"`
	}
}

type teamPath struct {
	PatientPath
	AccountPath
}

type relatedInput struct {
	PatientPath
	AccountPath
	Body struct {
		Relationship string `json:"relationship" enum:"parent,partner,child,sibling,other-family,friend,sponsor,other"`
	}
}

// patients registers charts: which can be opened, ActorFrom(ctx) they are about, ActorFrom(ctx) is on the team.
func (a *API) patients() {
	tag := []string{"Patients"}
	register(a, huma.Operation{OperationID: "listPatients", Method: http.MethodGet, Path: "/v1/patients",
		Tags: tag, Summary: "List the charts that you can open"},
		func(ctx context.Context, in *Paging) (*Answer[List[care.PatientSummary]], error) {
			return paged(a.care.Patients(ctx, ActorFrom(ctx), in.Cursor, in.Limit))
		})
	register(a, huma.Operation{OperationID: "readPatient", Method: http.MethodGet, Path: "/v1/patients/{patientId}",
		Tags: tag, Summary: "Read ActorFrom(ctx) the patient is"},
		func(ctx context.Context, in *PatientPath) (*Answer[models.Patient], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			p, err := ch.Profile(ctx)
			return answered(p.Value, err)
		})
	register(a, huma.Operation{OperationID: "listCareTeam", Method: http.MethodGet, Path: "/v1/patients/{patientId}/care-team",
		Tags: tag, Summary: "List the care team"},
		func(ctx context.Context, in *PatientPath) (*Answer[List[models.Membership]], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.CareTeam(ctx)
			return answered(List[models.Membership]{Items: found}, err)
		})
	register(a, huma.Operation{OperationID: "joinCareTeam", Method: http.MethodPut, Path: "/v1/patients/{patientId}/care-team/{accountId}",
		Tags: tag, Summary: "Put somebody on the care team"},
		func(ctx context.Context, in *teamInput) (*Answer[models.Membership], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return answered(ch.JoinTeam(ctx, in.AccountID, in.Body.Lead))
		})
	register(a, huma.Operation{OperationID: "leaveCareTeam", Method: http.MethodDelete, Path: "/v1/patients/{patientId}/care-team/{accountId}",
		Tags: tag, Summary: "Take somebody off the care team", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *teamPath) (*struct{}, error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.LeaveTeam(ctx, in.AccountID)
		})
	register(a, huma.Operation{OperationID: "addRelatedPerson", Method: http.MethodPut, Path: "/v1/patients/{patientId}/related-people/{accountId}",
		Tags: tag, Summary: "Add a supporter's account to the patient's circle"},
		func(ctx context.Context, in *relatedInput) (*Answer[models.RelatedPerson], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return answered(ch.AddRelated(ctx, in.AccountID, in.Body.Relationship))
		})
}

// open opens a chart for the purpose that the caller's role acts with.
func (a *API) open(ctx context.Context, patientID string) (*care.Chart, error) {
	who := ActorFrom(ctx)
	return a.care.Open(ctx, who, patientID, models.PurposeOf(who.Role))
}
