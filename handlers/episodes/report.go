package episodes

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	way "handrail/care/episodes"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type followUpReportInput struct {
	From time.Time `query:"from" required:"true" doc:"UTC; when people left, from here on."`
	To   time.Time `query:"to" required:"true"`
}

func report(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "reportFollowUps", Method: http.MethodGet, Path: "/v1/follow-up-report", Tags: tag,
		Summary:     "How those who left were seen after 7 and 30 days, by programme (clinicians and administrators); names nobody",
		Description: "Counted from what the clinic wrote down. It is no HEDIS measure: it knows no diagnosis, age or claim. A row of fewer than five people has no numbers."},
		func(ctx context.Context, in *followUpReportInput) (*edge.Answer[way.FollowUpReport], error) {
			return edge.Answered(a.Care.Episode.FollowUps(ctx, edge.ActorFrom(ctx), in.From, in.To))
		})
}
