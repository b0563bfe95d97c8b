package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type readTeamInput struct {
	door.PatientPath
	edge.Reading
	edge.Pieces
}

type patientPieces struct {
	door.PatientPath
	edge.Pieces
}

type teamInput struct {
	door.PatientPath
	AccountPath
	edge.Editing
	Body struct {
		Lead bool `json:"lead"`
	}
}

type leaveTeamInput struct {
	door.PatientPath
	AccountPath
	edge.Editing
	AtOnce bool `query:"atOnce" doc:"It can't wait for who leads the team: it ends now."`
}

type answerEndInput struct {
	door.PatientPath
	AccountPath
	Body struct {
		Ends bool `json:"ends" doc:"true: they leave now. false: they stay."`
	}
}

type relatedInput struct {
	door.PatientPath
	AccountPath
	Body struct {
		Relationship string `json:"relationship" enum:"parent,partner,child,sibling,other-family,friend,sponsor,other"`
	}
}

// patients registers charts: which can be opened, whom they are about, and who is on
// the care team. Who is on it has one version, so that two people of the office don't
// undo each other's changes.
func (a *API) patients() {
	tag := []string{"Patients"}
	door.Register(a.API, huma.Operation{OperationID: "listPatients", Method: http.MethodGet, Path: "/v1/patients",
		Tags: tag, Summary: "List the charts that you can open"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[people.PatientSummary]], error) {
			return door.Paged(a.Care.People.Patients(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readPatient", Method: http.MethodGet, Path: "/v1/patients/{patientId}",
		Tags: tag, Summary: "Read who the patient is"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[models.Patient], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			p, err := ch.People.Profile(ctx)
			return edge.Answered(p.Value, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "listCareTeam", Method: http.MethodGet, Path: "/v1/patients/{patientId}/care-team",
		Tags: tag, Summary: "List the care team"},
		func(ctx context.Context, in *readTeamInput) (*edge.Tagged[edge.List[models.Membership]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.People.VersionedTeam(ctx)
			if err != nil {
				return nil, err
			}
			page, err := edge.Piece(in.Pieces, found.Value, func(m models.Membership) string { return m.ID })
			return door.VersionedUnless(in.Reading, care.Versioned[edge.List[models.Membership]]{Value: page, Version: found.Version}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "joinCareTeam", Method: http.MethodPut, Path: "/v1/patients/{patientId}/care-team/{accountId}",
		Tags: tag, Summary: "Put somebody on the care team"},
		func(ctx context.Context, in *teamInput) (*edge.Answer[models.Membership], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.JoinTeam(ctx, version, in.AccountID, in.Body.Lead))
		})
	door.Register(a.API, huma.Operation{OperationID: "leaveCareTeam", Method: http.MethodDelete, Path: "/v1/patients/{patientId}/care-team/{accountId}",
		Tags: tag, Summary: "Take somebody off the care team", DefaultStatus: http.StatusNoContent,
		Description: "Where somebody else leads the team it is asked of them, a task, and the membership goes on with `endAsked` until they say yes."},
		func(ctx context.Context, in *leaveTeamInput) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return nil, ch.People.AskToLeave(ctx, version, in.AccountID, in.AtOnce)
		})
	door.Register(a.API, huma.Operation{OperationID: "answerTeamEnd", Method: http.MethodPost, Path: "/v1/patients/{patientId}/care-team/{accountId}/end",
		Tags: tag, Summary: "Say whether somebody leaves the team: who leads it", DefaultStatus: http.StatusOK},
		func(ctx context.Context, in *answerEndInput) (*edge.Answer[models.Membership], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.AnswerEnd(ctx, in.AccountID, in.Body.Ends))
		})
	door.Register(a.API, huma.Operation{OperationID: "addRelatedPerson", Method: http.MethodPut, Path: "/v1/patients/{patientId}/related-people/{accountId}",
		Tags: tag, Summary: "Add a supporter's account to the patient's circle"},
		func(ctx context.Context, in *relatedInput) (*edge.Answer[models.RelatedPerson], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.AddRelated(ctx, in.AccountID, in.Body.Relationship))
		})
}
