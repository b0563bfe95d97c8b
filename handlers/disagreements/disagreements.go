// Package disagreements is how a team settles what it does not agree on about a patient, and
// how the patient is asked (docs/team.md).
package disagreements

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	settling "handrail/care/disagreements"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/disagreement"
)

// DisagreementPath names a disagreement about a patient.
type DisagreementPath struct {
	door.PatientPath
	DisagreementID string `path:"disagreementId" format:"uuid"`
}

type disagreementsInput struct {
	door.PatientPath
	edge.Paging
}

type raiseDisagreementInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		disagreement.Terms
	}
}

type setPositionInput struct {
	DisagreementPath
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000" doc:"For the team. You may change it while it is open." text:"prose"`
	}
}

type setPatientPreferenceInput struct {
	DisagreementPath
	Body struct {
		Words string `json:"words" minLength:"1" maxLength:"1000" doc:"What the patient would have, in their words." text:"prose"`
	}
}

type settleDisagreementInput struct {
	DisagreementPath
	Body struct {
		disagreement.Settling
	}
}

type withdrawDisagreementInput struct {
	DisagreementPath
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"2000" doc:"Why." text:"prose"`
	}
}

var tag = []string{"Disagreements"}

// Add registers the operations.
func Add(a *door.API) {
	const path = "/v1/patients/{patientId}/disagreements"
	const one = path + "/{disagreementId}"
	door.Register(a, huma.Operation{OperationID: "listDisagreements", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List what the team of a patient does not agree on, newest first",
		Description: "The patient is shown what they are asked, what they said and what came of it in plain words; who thinks what stays with the team."},
		func(ctx context.Context, in *disagreementsInput) (*edge.Answer[edge.List[settling.View]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Disagreed.Disagreements(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "raiseDisagreement", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Say that the team does not agree; somebody is asked to bring it to an end by a day",
		Description: "Until they accept, it is yours. The team is asked for its positions, and the patient for what they would have. When the time has gone by, who leads the team is asked."},
		func(ctx context.Context, in *raiseDisagreementInput) (*edge.Answer[settling.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Raise(ctx, id, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "readDisagreement", Method: http.MethodGet, Path: one, Tags: tag, Summary: "Read a disagreement"},
		func(ctx context.Context, in *DisagreementPath) (*edge.Answer[settling.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Disagreement(ctx, in.DisagreementID))
		})
	door.Register(a, huma.Operation{OperationID: "setPosition", Method: http.MethodPut, Path: one + "/position", Tags: tag, Summary: "Say what you think; you have one position, which you may change"},
		func(ctx context.Context, in *setPositionInput) (*edge.Answer[settling.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Say(ctx, in.DisagreementID, in.Body.Text))
		})
	door.Register(a, huma.Operation{OperationID: "setPatientPreference", Method: http.MethodPut, Path: one + "/preference", Tags: tag,
		Summary:     "Say what the patient would have: the patient, or the team for them",
		Description: "What the patient wrote themselves, only they change."},
		func(ctx context.Context, in *setPatientPreferenceInput) (*edge.Answer[settling.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Prefer(ctx, in.DisagreementID, in.Body.Words))
		})
	door.Register(a, huma.Operation{OperationID: "settleDisagreement", Method: http.MethodPost, Path: one + "/settle", Tags: tag,
		Summary:     "End it with an outcome (who has it, or was asked to); the patient is told",
		Description: "Changes of the care plan that follow name it as their `decision` with the type disagreement."},
		func(ctx context.Context, in *settleDisagreementInput) (*edge.Answer[settling.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Settle(ctx, in.DisagreementID, in.Body.Settling))
		})
	door.Register(a, huma.Operation{OperationID: "withdrawDisagreement", Method: http.MethodPost, Path: one + "/withdraw", Tags: tag, Summary: "End what is no disagreement any more (who raised it, or has it)"},
		func(ctx context.Context, in *withdrawDisagreementInput) (*edge.Answer[settling.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Disagreed.Withdraw(ctx, in.DisagreementID, in.Body.Note))
		})
}
