package families

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/family"
)

// OwnGoalPath names a goal or a task of the caller's own.
type OwnGoalPath struct {
	ID string `path:"goalId" format:"uuid"`
}

type keepGoalInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		family.OwnGoalTerms
	}
}

type changeGoalInput struct {
	OwnGoalPath
	edge.Editing
	Body family.OwnGoalTerms
}

type ownGoalList struct {
	family.OwnGoal
	ETag string `json:"etag" doc:"For If-Match."`
}

// goals are what a supporter wants to do themselves, theirs alone.
func (a *api) goals() {
	const path = "/v1/me/own-goals"
	door.Register(a.API, huma.Operation{OperationID: "keepOwnGoal", Method: http.MethodPost, Path: path, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Keep a goal or a task for yourself alone: nobody else reads it"},
		func(ctx context.Context, in *keepGoalInput) (*edge.Tagged[family.OwnGoal], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Family.KeepGoal(ctx, edge.ActorFrom(ctx), id, in.Body.OwnGoalTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "listOwnGoals", Method: http.MethodGet, Path: path, Tags: tags, Summary: "List your own goals and tasks, the newest first"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[ownGoalList]], error) {
			page, err := a.Care.Family.OwnGoals(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := make([]ownGoalList, 0, len(page.Items))
			for _, g := range page.Items {
				out = append(out, ownGoalList{g.Value, edge.ETag(g.Version)})
			}
			return edge.NewList(out, page.Next), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "changeOwnGoal", Method: http.MethodPut, Path: path + "/{goalId}", Tags: tags, Summary: "Change one of your own, or say that it is done"},
		func(ctx context.Context, in *changeGoalInput) (*edge.Tagged[family.OwnGoal], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Family.ChangeGoal(ctx, edge.ActorFrom(ctx), in.ID, version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "dropOwnGoal", Method: http.MethodDelete, Path: path + "/{goalId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Delete one of your own"},
		func(ctx context.Context, in *OwnGoalPath) (*struct{}, error) {
			return nil, a.Care.Family.DropGoal(ctx, edge.ActorFrom(ctx), in.ID)
		})
}

type suggestGoalInput struct {
	BesidePath
	edge.Creating
	Body struct {
		ID    string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Title string `json:"title"`
		Why   string `json:"why,omitempty" text:"prose"`
	}
}

type piecesBeside struct {
	BesidePath
	edge.Pieces
}

// ProposalPath names a proposal to a patient.
type ProposalPath struct {
	door.PatientPath
	ID string `path:"proposalId" format:"uuid"`
}

type answerProposalInput struct {
	ProposalPath
	Body struct {
		Answer string `json:"answer"`
		Domain string `json:"domain,omitempty" doc:"The part of life, with taken."`
	}
}

// proposals are goals that family and friends propose to a patient.
func (a *api) proposals() {
	const mine, path = "/v1/me/supporting/{patientId}/goal-proposals", "/v1/patients/{patientId}/goal-proposals"
	idOf := func(p family.GoalProposal) string { return p.ID }
	door.Register(a.API, huma.Operation{OperationID: "suggestGoal", Method: http.MethodPost, Path: mine, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Propose a goal to somebody; they alone read it and decide"},
		func(ctx context.Context, in *suggestGoalInput) (*edge.Answer[family.GoalProposal], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Family.ProposeGoal(ctx, edge.ActorFrom(ctx), in.PatientID, id, in.Body.Title, in.Body.Why))
		})
	door.Register(a.API, huma.Operation{OperationID: "listMyGoalProposals", Method: http.MethodGet, Path: mine, Tags: tags,
		Summary: "List what you proposed, the newest first; a yes is told, a no is not"},
		func(ctx context.Context, in *piecesBeside) (*edge.Answer[edge.List[family.GoalProposal]], error) {
			found, err := a.Care.Family.MyProposals(ctx, edge.ActorFrom(ctx), in.PatientID)
			return edge.Pieced(in.Pieces, found, func(p family.GoalProposal) string { return "mine:" + p.ID }, err) // a cursor of the patient's list is none here
		})
	door.Register(a.API, huma.Operation{OperationID: "listGoalProposals", Method: http.MethodGet, Path: path, Tags: tags,
		Summary: "List what your family and friends proposed and you have not answered, the newest first"},
		func(ctx context.Context, in *piecesOfPatient) (*edge.Answer[edge.List[family.GoalProposal]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Family.Proposals(ctx)
			return edge.Pieced(in.Pieces, found, idOf, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "answerGoalProposal", Method: http.MethodPost, Path: path + "/{proposalId}/answer", Tags: tags,
		DefaultStatus: http.StatusOK, Summary: "Make a goal of your own of it, or leave it"},
		func(ctx context.Context, in *answerProposalInput) (*edge.Answer[family.GoalProposal], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.AnswerProposal(ctx, in.ID, in.Body.Answer, in.Body.Domain))
		})
}
