package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

// AppointmentPath names a visit of a chart.
type AppointmentPath struct {
	door.PatientPath
	AppointmentID string `path:"appointmentId" format:"uuid"`
}

type appointmentsInput struct {
	door.PatientPath
	edge.Paging
	From  time.Time `query:"from" doc:"Visits that start at or after this."`
	To    time.Time `query:"to" doc:"Visits that start before this."`
	Order string    `query:"order" enum:"soonest,latest" default:"soonest"`
}

type appointmentInput struct {
	AppointmentPath
	edge.Reading
}

type cancelInput struct {
	AppointmentPath
	edge.Editing
	Body struct {
		Reason schedule.Reason `json:"reason" minLength:"1" maxLength:"20" doc:"A code of FHIR's appointment-cancellation-reason, such as pat or prov."`
	}
}

type rescheduleInput struct {
	AppointmentPath
	edge.Editing
	Body struct {
		Start time.Time `json:"start"`
	}
}

type statusOfVisitInput struct {
	AppointmentPath
	edge.Editing
	Body struct {
		To schedule.Status `json:"to" enum:"arrived,checked-in,fulfilled,noshow,entered-in-error"`
	}
}

type answerVisitInput struct {
	AppointmentPath
	Body struct {
		Answer    schedule.Answer `json:"answer" enum:"accepted,declined,tentative"`
		OtherTime *time.Time      `json:"otherTime,omitempty" doc:"With tentative: the start that would suit you instead. It moves nothing."`
	}
}

type visitList struct {
	visits.VisitView
	ETag string `json:"etag" doc:"For If-Match."`
}

// appointments registers the visits of a chart.
func (a *API) appointments() {
	tag := []string{"Scheduling"}
	const path = "/v1/patients/{patientId}/appointments"
	door.Register(a.API, huma.Operation{OperationID: "listAppointments", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List visits by their start"},
		func(ctx context.Context, in *appointmentsInput) (*edge.Answer[edge.List[visitList]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			page, err := ch.Visits.Visits(ctx, visits.VisitList{From: door.Given(in.From), To: door.Given(in.To), Latest: in.Order == "latest", Cursor: in.Cursor, Limit: in.Limit})
			if err != nil {
				return nil, err
			}
			out := make([]visitList, 0, len(page.Items))
			for _, v := range page.Items {
				out = append(out, visitList{v.Value, edge.ETag(v.Version)})
			}
			return edge.NewList(out, page.Next), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "readAppointment", Method: http.MethodGet, Path: path + "/{appointmentId}", Tags: tag, Summary: "Read a visit", Errors: []int{http.StatusGone}},
		func(ctx context.Context, in *appointmentInput) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Visits.Visit(ctx, in.AppointmentID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "cancelAppointment", Method: http.MethodPost, Path: path + "/{appointmentId}/cancel", Tags: tag, Summary: "Call a visit off, with a reason"},
		func(ctx context.Context, in *cancelInput) (*edge.Tagged[visits.VisitView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.CancelVisit(ctx, in.AppointmentID, version, in.Body.Reason))
		})
	door.Register(a.API, huma.Operation{OperationID: "rescheduleAppointment", Method: http.MethodPost, Path: path + "/{appointmentId}/reschedule", Tags: tag,
		Summary: "Give a visit another time, in one step"},
		func(ctx context.Context, in *rescheduleInput) (*edge.Tagged[visits.VisitView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.Reschedule(ctx, in.AppointmentID, version, in.Body.Start))
		})
	door.Register(a.API, huma.Operation{OperationID: "moveAppointment", Method: http.MethodPost, Path: path + "/{appointmentId}/transitions", Tags: tag,
		Summary: "Note that somebody came, was seen or was missed"},
		func(ctx context.Context, in *statusOfVisitInput) (*edge.Tagged[visits.VisitView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.MoveVisit(ctx, in.AppointmentID, version, in.Body.To))
		})
	door.Register(a.API, huma.Operation{OperationID: "answerAppointment", Method: http.MethodPut, Path: path + "/{appointmentId}/answer", Tags: tag,
		Summary: "Say yes or no to a visit that you are in"},
		func(ctx context.Context, in *answerVisitInput) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			if in.Body.OtherTime != nil {
				if in.Body.Answer != schedule.Tentative {
					var c models.Checks
					c.Fail("otherTime", "not-with-answer", "Another time goes with the answer tentative.")
					return nil, c.Err()
				}
				return door.Versioned(ch.Visits.AskOtherTime(ctx, in.AppointmentID, *in.Body.OtherTime))
			}
			return door.Versioned(ch.Visits.AnswerVisit(ctx, in.AppointmentID, in.Body.Answer))
		})
}
