package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/notify"
)

type channelsInput struct{ edge.Pieces }

// channelVerdicts registers what is known of the ways by which the clinic reaches people.
func (a *API) channelVerdicts() {
	tag := []string{"Reminders"}
	pace := a.PerAccount(edge.Pace{Every: time.Minute, Burst: 3})
	door.Register(a.API, huma.Operation{OperationID: "listChannels", Method: http.MethodGet, Path: "/v1/channels", Tags: tag,
		Summary:     "The ways by which this clinic reaches people, and what was last found about each (the office)",
		Description: "It asks nobody outside. `says` is for who runs the server, as handrail doctor says it, and holds no secret."},
		func(ctx context.Context, in *channelsInput) (*edge.Answer[edge.List[notify.Verdict]], error) {
			if err := a.Care.Upkeep.MayCheckChannels(ctx, edge.ActorFrom(ctx), false); err != nil {
				return nil, err
			}
			found, err := a.config.Notify.Verdicts(ctx)
			return edge.Pieced(in.Pieces, found, func(v notify.Verdict) string { return v.Channel }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "checkChannels", Method: http.MethodPost, Path: "/v1/channels/check", Tags: tag, DefaultStatus: http.StatusOK, Middlewares: huma.Middlewares{pace},
		Summary:     "Look at each way now (administrators)",
		Description: "It sends nothing to anybody, and answers after 10 seconds at most."},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[edge.List[notify.Verdict]], error) {
			if err := a.Care.Upkeep.MayCheckChannels(ctx, edge.ActorFrom(ctx), true); err != nil {
				return nil, err
			}
			found, err := a.config.Notify.CheckChannels(ctx)
			return edge.NewList(found, ""), err
		})
}
