package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/schedule"
)

type availabilityInput struct {
	AccountPath
	edge.Reading
}

type setAvailabilityInput struct {
	AccountPath
	edge.Editing
	Body schedule.Availability
}

// PreviewWeeks is how far a preview looks.
type PreviewWeeks struct {
	Weeks int `query:"weeks" minimum:"1" maximum:"26" default:"4"`
}

type previewInput struct {
	AccountPath
	PreviewWeeks
}

type draftInput struct {
	AccountPath
	PreviewWeeks
	Body schedule.Availability
}

type calendarInput struct {
	AccountPath
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"At most 62 days after from."`
	edge.Pieces
}

// availability registers when clinicians can be booked, and their calendars.
func (a *API) availability() {
	tag := []string{"Scheduling"}
	const path = "/v1/clinicians/{accountId}/availability"
	door.Register(a.API, huma.Operation{OperationID: "readAvailability", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "When a clinician can be booked, and which visits no longer fit"},
		func(ctx context.Context, in *availabilityInput) (*edge.Tagged[visits.AvailabilityView], error) {
			v, err := a.Care.Visits.Availability(ctx, edge.ActorFrom(ctx), in.AccountID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setAvailability", Method: http.MethodPut, Path: path, Tags: tag,
		Summary: "Replace when a clinician can be booked; the answer lists the visits that it breaks, with other times"},
		func(ctx context.Context, in *setAvailabilityInput) (*edge.Tagged[visits.AvailabilityView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.SetAvailability(ctx, edge.ActorFrom(ctx), in.AccountID, version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "previewAvailability", Method: http.MethodGet, Path: path + "/preview", Tags: tag,
		Summary: "The next weeks as they really fall"},
		func(ctx context.Context, in *previewInput) (*edge.Answer[visits.Preview], error) {
			return edge.Answered(a.Care.Visits.PreviewAvailability(ctx, edge.ActorFrom(ctx), in.AccountID, in.Weeks, nil))
		})
	door.Register(a.API, huma.Operation{OperationID: "previewAvailabilityDraft", Method: http.MethodPost, Path: path + "/preview", Tags: tag,
		Summary: "The next weeks with other hours, and what they would break; nothing is changed"},
		func(ctx context.Context, in *draftInput) (*edge.Answer[visits.Preview], error) {
			return edge.Answered(a.Care.Visits.PreviewAvailability(ctx, edge.ActorFrom(ctx), in.AccountID, in.Weeks, &in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "readCalendar", Method: http.MethodGet, Path: "/v1/clinicians/{accountId}/appointments", Tags: tag,
		Summary: "A clinician's calendar; patients are named where you have a right to the chart"},
		func(ctx context.Context, in *calendarInput) (*edge.Answer[edge.List[CalendarEntry]], error) {
			booked, err := a.Care.Visits.Calendar(ctx, edge.ActorFrom(ctx), in.AccountID, in.From, in.To)
			found, err := a.withLobbies(ctx, booked, err)
			return edge.Pieced(in.Pieces, found, func(e CalendarEntry) string { return e.AppointmentID + e.Start.String() }, err)
		})
}
