package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type busyInput struct {
	AccountPath
	Body struct {
		URL string `json:"url" minLength:"1" maxLength:"2000" doc:"Of a calendar in iCalendar format, https or webcal. It is kept sealed and never shown again."`
	}
}

// How often somebody may make the program look at an address.
var busyPace = edge.Pace{Every: 10 * time.Second, Burst: 10}

// busyCalendars registers the calendars that clinicians keep elsewhere.
func (a *API) busyCalendars() {
	tag := []string{"Scheduling"}
	const path = "/v1/clinicians/{accountId}/busy-calendar"
	door.Register(a.API, huma.Operation{OperationID: "readBusyCalendar", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "A clinician's calendar elsewhere: whether it can be read, and since when not"},
		func(ctx context.Context, in *AccountPath) (*edge.Answer[visits.BusyCalendar], error) {
			return edge.Answered(a.Care.Visits.BusyCalendar(ctx, edge.ActorFrom(ctx), in.AccountID))
		})
	door.Register(a.API, huma.Operation{OperationID: "setBusyCalendar", Method: http.MethodPut, Path: path, Tags: tag,
		Summary:     "Take a clinician's busy times from another calendar; the answer tells whether it could be read",
		Description: "The whole of it is one address, so that there is no version to name: the last one holds.",
		Middlewares: huma.Middlewares{a.PerAccount(busyPace)}, Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *busyInput) (*edge.Answer[visits.BusyCalendar], error) {
			return edge.Answered(a.Care.Visits.SetBusyCalendar(ctx, edge.ActorFrom(ctx), in.AccountID, in.Body.URL))
		})
	door.Register(a.API, huma.Operation{OperationID: "endBusyCalendar", Method: http.MethodDelete, Path: path, Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Forget a clinician's calendar elsewhere and its busy times"},
		func(ctx context.Context, in *AccountPath) (*struct{}, error) {
			return nil, a.Care.Visits.EndBusyCalendar(ctx, edge.ActorFrom(ctx), in.AccountID)
		})
}
