// Package comments is what patients say to what was written about them.
package comments

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/comment"
)

type listCommentsInput struct {
	door.PatientPath
	edge.Paging
	Kind comment.Kind `query:"kind" required:"true" enum:"goal,goal-note,check-in,handoff,care-plan-item,meeting-decision,discharge" doc:"What the comments are about."`
}

type addCommentInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID    string        `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		About comment.About `json:"about"`
		Text  string        `json:"text" minLength:"1" maxLength:"2000" text:"prose"`
	}
}

// Limits are of comments.
var Limits = edge.Rules{
	reflect.TypeFor[comment.About](): {
		"Kind": edge.OneOf(comment.Kinds...).Doc("What it is about."),
		"ID":   edge.UUID().Doc("Of the goal, the note, the check-in, the handoff, the thing of the care plan, the decision, or the episode of the discharge."),
	},
	reflect.TypeFor[comment.Comment](): {
		"Within": edge.Doc("What shows it: the goal of a note, the meeting of a decision, else the same as about.id."),
		"Author": edge.Doc("Who wrote what it is about; they hear of it."),
		"Text":   edge.Doc("In the patient's own words. Nobody changes it."),
		"At":     edge.Doc("UTC."),
	},
}

// Add registers the operations.
func Add(a *door.API) {
	tag := []string{"Comments"}
	const path = "/v1/patients/{patientId}/comments"
	door.Register(a, huma.Operation{OperationID: "listComments", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List what the patient says to what is written about them, newest first",
		Description: "For everybody who reads all of that part of the chart."},
		func(ctx context.Context, in *listCommentsInput) (*edge.Answer[edge.List[comment.Comment]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Comment.List(ctx, in.Kind, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "addComment", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Comment on what was written about you (the patient alone)",
		Description: "It stands beside that from then on, and nobody changes it; who wrote it hears of it. At most 20 to one thing."},
		func(ctx context.Context, in *addCommentInput) (*edge.Answer[comment.Comment], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Comment.Add(ctx, id, in.Body.About, in.Body.Text))
		})
}
