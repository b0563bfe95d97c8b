package careplan

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/guideline"
)

// GuidelinePath names a guideline of the site.
type GuidelinePath struct {
	GuidelineID string `path:"guidelineId" format:"uuid"`
}

type listGuidelinesInput struct{ edge.Paging }

type readGuidelineInput struct {
	GuidelinePath
	edge.Reading
}

type addGuidelineInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		guideline.Terms
	}
}

type setGuidelineInput struct {
	GuidelinePath
	edge.Editing
	Body struct {
		guideline.Terms
		Ended bool `json:"ended,omitempty" doc:"The clinic goes by it no more. Plans that took it say so to their team."`
	}
}

func guidelines(a *door.API) {
	const path = "/v1/guidelines"
	door.Register(a, huma.Operation{OperationID: "listGuidelines", Method: http.MethodGet, Path: path, Tags: tag, Summary: "The guidelines that the clinic goes by: for those who work here"},
		func(ctx context.Context, in *listGuidelinesInput) (*edge.Answer[edge.List[guideline.Guideline]], error) {
			return door.Paged(a.Care.CarePlan.Guidelines(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readGuideline", Method: http.MethodGet, Path: path + "/{guidelineId}", Tags: tag, Summary: "Read a guideline"},
		func(ctx context.Context, in *readGuidelineInput) (*edge.Tagged[guideline.Guideline], error) {
			v, err := a.Care.CarePlan.Guideline(ctx, edge.ActorFrom(ctx), in.GuidelineID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "addGuideline", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Add a guideline: the office"},
		func(ctx context.Context, in *addGuidelineInput) (*edge.Tagged[guideline.Guideline], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.CarePlan.AddGuideline(ctx, edge.ActorFrom(ctx), id, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "setGuideline", Method: http.MethodPut, Path: path + "/{guidelineId}", Tags: tag, Summary: "Change a guideline, or end it: the office",
		Description: "A care plan keeps the edition that it took; its team reads that there is a newer one."},
		func(ctx context.Context, in *setGuidelineInput) (*edge.Tagged[guideline.Guideline], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.CarePlan.SetGuideline(ctx, edge.ActorFrom(ctx), version, in.GuidelineID, in.Body.Terms, in.Body.Ended))
		})
}
