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

type addMilestoneInput struct {
	GoalPath
	edge.Editing
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		models.MilestoneTerms
	}
}

type editMilestoneInput struct {
	GoalPath
	edge.Editing
	MilestoneID string `path:"milestoneId" format:"uuid"`
	Body        models.MilestoneTerms
}

type goalListInput struct {
	GoalPath
	edge.Paging
}

type addNoteInput struct {
	GoalPath
	edge.Creating
	Body struct {
		ID   string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Text string `json:"text" minLength:"1" maxLength:"2000" text:"prose"`
	}
}

type strikeNoteInput struct {
	GoalPath
	NoteID string `path:"noteId" format:"uuid"`
	Body   struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500" text:"prose" doc:"For the team; the patient is not shown it."`
	}
}

// goalSteps registers a goal's milestones, notes and history.
func (a *API) goalSteps() {
	tag := []string{"Goals"}
	const path = "/v1/patients/{patientId}/goals/{goalId}"
	door.Register(a.API, huma.Operation{OperationID: "addMilestone", Method: http.MethodPost, Path: path + "/milestones", Tags: tag,
		DefaultStatus: http.StatusCreated, Summary: "Add a step to a goal"},
		func(ctx context.Context, in *addMilestoneInput) (*edge.Tagged[record.GoalView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.SetMilestone(ctx, in.GoalID, version, id, in.Body.MilestoneTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "editMilestone", Method: http.MethodPut, Path: path + "/milestones/{milestoneId}", Tags: tag, Summary: "Change a step, or mark it done"},
		func(ctx context.Context, in *editMilestoneInput) (*edge.Tagged[record.GoalView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.SetMilestone(ctx, in.GoalID, version, in.MilestoneID, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "addGoalNote", Method: http.MethodPost, Path: path + "/notes", Tags: tag,
		DefaultStatus: http.StatusCreated, Summary: "Add a note on progress"},
		func(ctx context.Context, in *addNoteInput) (*edge.Answer[models.GoalNote], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Record.AddGoalNote(ctx, in.GoalID, id, in.Body.Text))
		})
	door.Register(a.API, huma.Operation{OperationID: "listGoalNotes", Method: http.MethodGet, Path: path + "/notes", Tags: tag, Summary: "List notes, newest first"},
		func(ctx context.Context, in *goalListInput) (*edge.Answer[edge.List[models.GoalNote]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Record.GoalNotes(ctx, in.GoalID, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "strikeGoalNote", Method: http.MethodPost, Path: path + "/notes/{noteId}/strike", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Say that a note was entered in error (who wrote it); nobody is shown its words any more"},
		func(ctx context.Context, in *strikeNoteInput) (*edge.Answer[models.GoalNote], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Record.StrikeGoalNote(ctx, in.GoalID, in.NoteID, in.Body.Reason))
		})
	door.Register(a.API, huma.Operation{OperationID: "readGoalHistory", Method: http.MethodGet, Path: path + "/history", Tags: tag, Summary: "Who changed what, newest first"},
		func(ctx context.Context, in *goalListInput) (*edge.Answer[edge.List[models.GoalChange]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Record.GoalHistory(ctx, in.GoalID, in.Cursor, in.Limit))
		})
}
