package families

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

type givePageInput struct {
	SupporterPath
	edge.Creating
	Body struct {
		ID     string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Module string `json:"module"`
		Why    string `json:"why,omitempty" text:"prose"`
	}
}

// GivenPagePath names a page on the list of somebody of a patient's circle.
type GivenPagePath struct {
	SupporterPath
	PageID string `path:"pageId" format:"uuid"`
}

// MyPagePath names a page on the caller's own list.
type MyPagePath struct {
	BesidePath
	PageID string `path:"pageId" format:"uuid"`
}

// pages are what a patient gives family and friends to read.
func (a *api) pages() {
	const path = "/v1/patients/{patientId}/supporters/{accountId}/pages"
	door.Register(a.API, huma.Operation{OperationID: "givePage", Method: http.MethodPost, Path: path, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Give somebody of your circle a page to read; whether they do is theirs"},
		func(ctx context.Context, in *givePageInput) (*edge.Answer[models.PageFor], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.GivePage(ctx, in.AccountID, id, in.Body.Module, in.Body.Why))
		})
	door.Register(a.API, huma.Operation{OperationID: "takePageBack", Method: http.MethodDelete, Path: path + "/{pageId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Take a page off somebody's list; they are told nothing"},
		func(ctx context.Context, in *GivenPagePath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Family.TakePageBack(ctx, in.AccountID, in.PageID)
		})
	door.Register(a.API, huma.Operation{OperationID: "putPageAway", Method: http.MethodDelete, Path: "/v1/me/supporting/{patientId}/pages/{pageId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Put a page away that somebody gave you"},
		func(ctx context.Context, in *MyPagePath) (*struct{}, error) {
			return nil, a.Care.Family.PutPageAway(ctx, edge.ActorFrom(ctx), in.PatientID, in.PageID)
		})
}
