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

// SeriesPath names a series of visits of a chart.
type SeriesPath struct {
	door.PatientPath
	SeriesID string `path:"seriesId" format:"uuid"`
}

type bookSeriesInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		visits.SeriesAsk
	}
}

type previewSeriesInput struct {
	door.PatientPath
	Body visits.SeriesAsk
}

type readSeriesInput struct {
	SeriesPath
	edge.Reading
}

type cancelRestInput struct {
	SeriesPath
	edge.Editing
	Body struct {
		From   string          `json:"from" minLength:"19" maxLength:"19" doc:"recurrenceId of the first visit that is called off; all that follow are too."`
		Reason schedule.Reason `json:"reason" minLength:"1" maxLength:"20" doc:"A code of FHIR's appointment-cancellation-reason."`
	}
}

type moveRestInput struct {
	SeriesPath
	edge.Editing
	Body struct {
		From  string    `json:"from" minLength:"19" maxLength:"19" doc:"recurrenceId of the first visit that moves."`
		Start time.Time `json:"start" doc:"Its new start. All that follow move by as much on the wall clock; visits that were moved alone stay."`
	}
}

// series registers visits that recur. One of them alone is changed as any other visit.
func (a *API) series() {
	tag := []string{"Scheduling"}
	const path = "/v1/patients/{patientId}/appointment-series"
	door.Register(a.API, huma.Operation{OperationID: "previewSeries", Method: http.MethodPost, Path: path + "/preview", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Each visit of a series as it would fall, and what is in its way; nothing is taken"},
		func(ctx context.Context, in *previewSeriesInput) (*edge.Answer[edge.List[visits.SeriesVisit]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Visits.PreviewSeries(ctx, in.Body)
			return edge.NewList(found, ""), err
		})
	door.Register(a.API, huma.Operation{OperationID: "bookSeries", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Book all visits of a series, or none", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *bookSeriesInput) (*edge.Tagged[visits.SeriesView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.BookSeries(ctx, id, in.Body.SeriesAsk))
		})
	door.Register(a.API, huma.Operation{OperationID: "readVisitSeries", Method: http.MethodGet, Path: path + "/{seriesId}", Tags: tag, Summary: "Read a series with its visits"},
		func(ctx context.Context, in *readSeriesInput) (*edge.Tagged[visits.SeriesView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Visits.ReadSeries(ctx, in.SeriesID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "cancelRest", Method: http.MethodPost, Path: path + "/{seriesId}/cancel", Tags: tag,
		Summary: "Call off a visit of a series and all that follow"},
		func(ctx context.Context, in *cancelRestInput) (*edge.Tagged[visits.SeriesView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.CancelRest(ctx, in.SeriesID, version, in.Body.From, in.Body.Reason))
		})
	door.Register(a.API, huma.Operation{OperationID: "rescheduleRest", Method: http.MethodPost, Path: path + "/{seriesId}/reschedule", Tags: tag,
		Summary: "Give a visit of a series another time, and move all that follow by as much"},
		func(ctx context.Context, in *moveRestInput) (*edge.Tagged[visits.SeriesView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.MoveRest(ctx, in.SeriesID, version, in.Body.From, in.Body.Start))
		})
}
