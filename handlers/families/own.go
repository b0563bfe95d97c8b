package families

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/families"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/family"
)

// BesidePath names a place that the caller has.
type BesidePath struct {
	PatientID string `path:"patientId" maxLength:"64" doc:"Of readMySupporting."`
}

type promiseInput struct {
	BesidePath
	Body struct {
		Do  []string `json:"do" doc:"What I do on a bad day."`
		Not []string `json:"dont" doc:"What I don't do."`
	}
}

type proposeMyAgreementInput struct {
	BesidePath
	Body agreementWords
}

type acceptMyAgreementInput struct {
	BesidePath
	Body agreementYes
}

func (a *api) supporting() {
	const path = "/v1/me/supporting"
	door.Register(a.API, huma.Operation{OperationID: "listMySupporting", Method: http.MethodGet, Path: path, Tags: tags,
		Summary: "Beside whom you have a place, what you agreed to, and until when you see something"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[families.Supporting]], error) {
			found, err := a.Care.Family.Supporting(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, found, func(v families.Supporting) string { return v.PatientID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "leaveSupporting", Method: http.MethodDelete, Path: path + "/{patientId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Leave your place beside somebody; what you wrote there is erased"},
		func(ctx context.Context, in *BesidePath) (*struct{}, error) {
			return nil, a.Care.Family.Leave(ctx, edge.ActorFrom(ctx), in.PatientID)
		})
	door.Register(a.API, huma.Operation{OperationID: "setMyPromise", Method: http.MethodPut, Path: path + "/{patientId}/promise", Tags: tags,
		Summary: "Write your part of somebody's plan: what you do and what you don't"},
		func(ctx context.Context, in *promiseInput) (*edge.Answer[family.Promise], error) {
			return edge.Answered(a.Care.Family.SetPromise(ctx, edge.ActorFrom(ctx), in.PatientID, family.Promise{Do: in.Body.Do, Not: in.Body.Not}))
		})
	door.Register(a.API, huma.Operation{OperationID: "proposeMyAgreement", Method: http.MethodPut, Path: path + "/{patientId}/agreement", Tags: tags,
		Summary: "Write what you two agree to; it holds when the other says yes"},
		func(ctx context.Context, in *proposeMyAgreementInput) (*edge.Answer[models.Agreement], error) {
			return edge.Answered(a.Care.Family.ProposeMyWords(ctx, edge.ActorFrom(ctx), in.PatientID, in.Body.Number, in.Body.Words))
		})
	door.Register(a.API, huma.Operation{OperationID: "acceptMyAgreement", Method: http.MethodPost, Path: path + "/{patientId}/agreement/yes", Tags: tags,
		DefaultStatus: http.StatusOK, Summary: "Say yes to what the other wrote"},
		func(ctx context.Context, in *acceptMyAgreementInput) (*edge.Answer[models.Agreement], error) {
			return edge.Answered(a.Care.Family.AgreeToWords(ctx, edge.ActorFrom(ctx), in.PatientID, in.Body.Number))
		})
	door.Register(a.API, huma.Operation{OperationID: "eraseMine", Method: http.MethodPost, Path: "/v1/me/erasure", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Leave all places, erase what is yours and close your account; for family and friends, and for good"},
		func(ctx context.Context, in *eraseInput) (*struct{}, error) {
			return nil, a.Care.Family.EraseMine(ctx, edge.ActorFrom(ctx))
		})
}

type eraseInput struct {
	Body struct {
		Really bool `json:"really" enum:"true" doc:"It can't be taken back."`
	}
}

type tellCopingInput struct {
	edge.Creating
	Body struct {
		ID         string    `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		AnsweredAt time.Time `json:"answeredAt,omitzero" doc:"UTC. Now when left out."`
		Coping     string    `json:"coping"`
		Harm       *bool     `json:"harm,omitempty" doc:"Thoughts of ending your own life. Left out: not said."`
		Unsafe     *bool     `json:"unsafe,omitempty" doc:"Somebody hurts or threatens you. Left out: not said."`
		Note       string    `json:"note,omitempty" text:"prose"`
	}
}

type copingPath struct {
	ID string `path:"copingId" format:"uuid"`
}

// own are the check-ins of family and friends about themselves.
func (a *api) own() {
	const path = "/v1/me/coping"
	door.Register(a.API, huma.Operation{OperationID: "tellCoping", Method: http.MethodPost, Path: path, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Tell how you are coping, for yourself alone: no clinic reads it"},
		func(ctx context.Context, in *tellCopingInput) (*edge.Answer[families.CopingTold], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Family.Tell(ctx, edge.ActorFrom(ctx), family.Coping{ID: id, AnsweredAt: in.Body.AnsweredAt,
				Coping: in.Body.Coping, Harm: in.Body.Harm, Unsafe: in.Body.Unsafe, Note: in.Body.Note}))
		})
	door.Register(a.API, huma.Operation{OperationID: "listCoping", Method: http.MethodGet, Path: path, Tags: tags, Summary: "List how you were coping, the newest first"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[families.CopingTold]], error) {
			return door.Paged(a.Care.Family.Told(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "forgetCoping", Method: http.MethodDelete, Path: path + "/{copingId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Delete one of your own check-ins"},
		func(ctx context.Context, in *copingPath) (*struct{}, error) {
			return nil, a.Care.Family.Forget(ctx, edge.ActorFrom(ctx), in.ID)
		})
}
