package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/record"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// GoalPath names a goal of a chart.
type GoalPath struct {
	door.PatientPath
	GoalID string `path:"goalId" format:"uuid"`
}

type goalsInput struct {
	door.PatientPath
	edge.Paging
}

type proposeGoalInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		models.GoalTerms
	}
}

type readGoalInput struct {
	GoalPath
	edge.Reading
}

type editGoalInput struct {
	GoalPath
	edge.Editing
	Body models.GoalTerms
}

type moveGoalInput struct {
	GoalPath
	edge.Editing
	Body struct {
		To     models.GoalStatus `json:"to" doc:"One of the goal's moves."`
		Reason string            `json:"reason,omitempty" text:"prose"`
	}
}

type achieveGoalInput struct {
	GoalPath
	edge.Editing
	Body struct {
		Code string `json:"achievementStatus"`
	}
}

type goalList struct {
	record.GoalView
	ETag string `json:"etag" doc:"For If-Match."`
}

// goals registers goals: what they say and where they stand.
func (a *API) goals() {
	tag := []string{"Goals"}
	const path = "/v1/patients/{patientId}/goals"
	door.Register(a.API, huma.Operation{OperationID: "listGoals", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List goals, newest first"},
		func(ctx context.Context, in *goalsInput) (*edge.Answer[edge.List[goalList]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			page, err := ch.Record.Goals(ctx, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := make([]goalList, 0, len(page.Items))
			for _, g := range page.Items {
				out = append(out, goalList{g.Value, edge.ETag(g.Version)})
			}
			return edge.NewList(out, page.Next), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "proposeGoal", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Propose a goal; the patient's own is accepted at once"},
		func(ctx context.Context, in *proposeGoalInput) (*edge.Tagged[record.GoalView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.ProposeGoal(ctx, id, in.Body.GoalTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "readGoal", Method: http.MethodGet, Path: path + "/{goalId}", Tags: tag, Summary: "Read a goal"},
		func(ctx context.Context, in *readGoalInput) (*edge.Tagged[record.GoalView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			g, err := ch.Record.Goal(ctx, in.GoalID)
			return door.VersionedUnless(in.Reading, g, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "editGoal", Method: http.MethodPut, Path: path + "/{goalId}", Tags: tag, Summary: "Replace what a goal says"},
		func(ctx context.Context, in *editGoalInput) (*edge.Tagged[record.GoalView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.EditGoal(ctx, in.GoalID, version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "moveGoal", Method: http.MethodPost, Path: path + "/{goalId}/transitions", Tags: tag,
		Summary: "Move a goal to another state; a yes or a no is the patient's alone"},
		func(ctx context.Context, in *moveGoalInput) (*edge.Tagged[record.GoalView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.MoveGoal(ctx, in.GoalID, version, in.Body.To, in.Body.Reason))
		})
	door.Register(a.API, huma.Operation{OperationID: "achieveGoal", Method: http.MethodPut, Path: path + "/{goalId}/achievement", Tags: tag, Summary: "Say how far a goal has come"},
		func(ctx context.Context, in *achieveGoalInput) (*edge.Tagged[record.GoalView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.AchieveGoal(ctx, in.GoalID, version, in.Body.Code))
		})
}
