package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/models"
)

type sendCheckInInput struct {
	PatientPath
	Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the phone, once for each check-in, and sent again with it."`
		models.CheckInSubmission
	} `text:"told"`
}

type checkInsInput struct {
	PatientPath
	Paging
}

type checkInPath struct {
	PatientPath
	CheckInID string `path:"checkInId" format:"uuid"`
}

type seriesInput struct {
	PatientPath
	Measure string `query:"measure" required:"true" minLength:"1" maxLength:"40" doc:"A question with numbers, e.g. mood."`
	From    string `query:"from" required:"true" format:"date" doc:"First local day."`
	To      string `query:"to" required:"true" format:"date" doc:"Last local day; at most 400 days."`
}

type series struct {
	Measure string               `json:"measure"`
	Min     float64              `json:"min"`
	Max     float64              `json:"max"`
	Unit    string               `json:"unit,omitempty"`
	Points  []models.SeriesPoint `json:"points" doc:"One a day. A day without an answer has a null and says why; nothing is guessed."`
}

// checkIns registers what patients tell.
func (a *API) checkIns() {
	tag := []string{"Check-ins"}
	const path = "/v1/patients/{patientId}/check-ins"
	register(a, huma.Operation{OperationID: "sendCheckIn", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Send a check-in; as often as it takes, up to 30 days late",
		Description: "The same content under the same id is one check-in. When an answer asks for it, `help` in this same answer has the " +
			"numbers to call, the way to the crisis plan and the site's own statement of who reads check-ins and when."},
		func(ctx context.Context, in *sendCheckInInput) (*Answer[care.CheckInAnswer], error) {
			ch, id, err := a.create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return answered(ch.SendCheckIn(ctx, id, in.Body.CheckInSubmission))
		})
	register(a, huma.Operation{OperationID: "listCheckIns", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "List check-ins by when they were answered, newest first"},
		func(ctx context.Context, in *checkInsInput) (*Answer[List[models.CheckIn]], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return paged(ch.CheckIns(ctx, in.Cursor, in.Limit))
		})
	register(a, huma.Operation{OperationID: "readCheckIn", Method: http.MethodGet, Path: path + "/{checkInId}", Tags: tag, Summary: "Read a check-in"},
		func(ctx context.Context, in *checkInPath) (*Answer[models.CheckIn], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return answered(ch.CheckIn(ctx, in.CheckInID))
		})
	register(a, huma.Operation{OperationID: "readSeries", Method: http.MethodGet, Path: "/v1/patients/{patientId}/series", Tags: tag,
		Summary: "The trend of one question over days, with its gaps"},
		func(ctx context.Context, in *seriesInput) (*Answer[series], error) {
			ch, err := a.open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			points, q, err := ch.Series(ctx, in.Measure, in.From, in.To)
			return answered(series{in.Measure, q.Min, q.Max, q.Unit, points}, err)
		})
}
