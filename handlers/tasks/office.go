package tasks

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	work "handrail/care/tasks"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

// AccountPath names an account.
type AccountPath struct {
	AccountID string `path:"accountId" format:"uuid"`
}

type handOverWorkInput struct {
	AccountPath
	Body struct {
		To string `json:"to" format:"uuid" doc:"Account of somebody of the clinic. What they may not see goes to whom each team's order names."`
	}
}

type caseload struct {
	Items  []work.Load `json:"items"`
	Next   string      `json:"next" doc:"Cursor of the next page; empty at the end."`
	Pooled int         `json:"pooled" doc:"Tasks that nobody has claimed."`
}

func office(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readCaseload", Method: http.MethodGet, Path: "/v1/caseload", Tags: tag,
		Summary:     "Who has how much, and what is overdue",
		Description: "Of everybody for an administrator; about the patients whose team you lead for a clinician. It is there to give relief, not to judge."},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[caseload], error) {
			loads, pooled, err := a.Care.Tasks.Caseload(ctx, edge.ActorFrom(ctx))
			if err != nil {
				return nil, err
			}
			list, err := edge.Piece(*in, loads, func(l work.Load) string { return l.AccountID })
			return edge.Answered(caseload{list.Items, list.Next, pooled}, err)
		})
	door.Register(a, huma.Operation{OperationID: "readOpenWork", Method: http.MethodGet, Path: "/v1/accounts/{accountId}/open-work", Tags: tag,
		Summary: "What somebody of the clinic has to do: alerts, tasks, visits of the next two months"},
		func(ctx context.Context, in *AccountPath) (*edge.Answer[work.OpenWork], error) {
			return edge.Answered(a.Care.Tasks.OpenWork(ctx, edge.ActorFrom(ctx), in.AccountID))
		})
	door.Register(a, huma.Operation{OperationID: "handOverWork", Method: http.MethodPost, Path: "/v1/accounts/{accountId}/open-work/hand-over", Tags: tag,
		Summary: "Ask somebody to take all of it: alerts call them at once, tasks wait for their answer"},
		func(ctx context.Context, in *handOverWorkInput) (*edge.Answer[work.Handed], error) {
			return edge.Answered(a.Care.Tasks.HandOverAll(ctx, edge.ActorFrom(ctx), in.AccountID, in.Body.To))
		})
}
