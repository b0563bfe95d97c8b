package messages

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	threads "handrail/care/messages"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/message"
)

type worryInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		message.Concern
	}
}

type worriesInput struct {
	door.PatientPath
	edge.Paging
}

type worryReadInput struct {
	WorryID string `path:"worryId" format:"uuid"`
}

func (a *api) worries() {
	door.Register(a.API, huma.Operation{OperationID: "sendWorry", Method: http.MethodPost, Path: "/v1/worries", Tags: tag,
		Summary:     "Tell the team of a worry (family and friends)",
		Description: "No consent of the patient is needed to listen; nothing is said back about anybody. The patient's app does not show it; the law may ask for it to be shown one day."},
		func(ctx context.Context, in *worryInput) (*edge.Answer[threads.WorrySent], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Messages.SendWorry(ctx, edge.ActorFrom(ctx), id, in.Body.Concern))
		})
	door.Register(a.API, huma.Operation{OperationID: "listWorries", Method: http.MethodGet, Path: "/v1/patients/{patientId}/worries", Tags: tag,
		Summary: "Worries of supporters about a patient, the newest first (clinicians of the team)"},
		func(ctx context.Context, in *worriesInput) (*edge.Answer[edge.List[message.Worry]], error) {
			return door.Paged(a.Care.Messages.Worries(ctx, edge.ActorFrom(ctx), in.PatientID, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "markWorryRead", Method: http.MethodPost, Path: "/v1/worries/{worryId}/read", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Take a worry out of the team's lists (clinicians of the team)"},
		func(ctx context.Context, in *worryReadInput) (*struct{}, error) {
			return nil, a.Care.Messages.MarkWorryRead(ctx, edge.ActorFrom(ctx), in.WorryID)
		})
}
