// Package handoffs is how the care of a patient goes into other hands (docs/team.md).
package handoffs

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	hands "handrail/care/handoffs"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/handoff"
)

// HandoffPath names a handoff of a patient.
type HandoffPath struct {
	door.PatientPath
	HandoffID string `path:"handoffId" format:"uuid"`
}

type handoffsInput struct {
	door.PatientPath
	edge.Paging
}

type giveHandoffInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		handoff.Terms
	}
}

type acceptHandoffInput struct {
	HandoffPath
	Body struct {
		ReadBack string `json:"readBack,omitempty" maxLength:"2000" doc:"What you heard and what you do first, in your own words; needed where needsReadBack is true." text:"prose"`
	}
}

type cancelHandoffInput struct {
	HandoffPath
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"2000" doc:"Why." text:"prose"`
	}
}

type handoffReportInput struct {
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"At most 92 days after from."`
}

var tag = []string{"Handoffs"}

// Add registers the operations.
func Add(a *door.API) {
	const path = "/v1/patients/{patientId}/handoffs"
	door.Register(a, huma.Operation{OperationID: "listHandoffs", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List handoffs of a patient, newest first",
		Description: "The patient is shown changes of setting alone, without any assessment. A page may hold fewer than its limit, or none, while `next` leads on."},
		func(ctx context.Context, in *handoffsInput) (*edge.Answer[edge.List[hands.View]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Handoffs.Handoffs(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "giveHandoff", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Hand a patient over; until somebody has taken it, you answer for them",
		Description: "Who is asked has 15 minutes for somebody unstable, an hour for a watcher, else four. Then it goes up by the chain of alerts."},
		func(ctx context.Context, in *giveHandoffInput) (*edge.Answer[hands.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Handoffs.Give(ctx, id, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "readHandoff", Method: http.MethodGet, Path: path + "/{handoffId}", Tags: tag, Summary: "Read a handoff"},
		func(ctx context.Context, in *HandoffPath) (*edge.Answer[hands.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Handoffs.Handoff(ctx, in.HandoffID))
		})
	door.Register(a, huma.Operation{OperationID: "acceptHandoff", Method: http.MethodPost, Path: path + "/{handoffId}/accept", Tags: tag,
		Summary: "Say that you have this patient now; of several at once, one has them"},
		func(ctx context.Context, in *acceptHandoffInput) (*edge.Answer[hands.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Handoffs.Accept(ctx, in.HandoffID, in.Body.ReadBack))
		})
	door.Register(a, huma.Operation{OperationID: "cancelHandoff", Method: http.MethodPost, Path: path + "/{handoffId}/cancel", Tags: tag,
		Summary: "Take back a handoff that nobody has taken over (who gave it)"},
		func(ctx context.Context, in *cancelHandoffInput) (*edge.Answer[hands.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Handoffs.Cancel(ctx, in.HandoffID, in.Body.Note))
		})
	door.Register(a, huma.Operation{OperationID: "reportHandoffs", Method: http.MethodGet, Path: "/v1/handoff-report", Tags: tag,
		Summary:     "How handoffs went: complete, read back, taken in time (clinicians and administrators); names nobody",
		Description: "Administrators get all handoffs, clinicians those of patients whose care plan they may read."},
		func(ctx context.Context, in *handoffReportInput) (*edge.Answer[handoff.Report], error) {
			return edge.Answered(a.Care.Handoffs.Report(ctx, edge.ActorFrom(ctx), in.From, in.To))
		})
}
