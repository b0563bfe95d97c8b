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

type holdInput struct {
	edge.Creating
	Body struct {
		ID        string    `json:"id,omitempty" format:"uuid" doc:"Made by the client; the visit keeps it."`
		PatientID string    `json:"patientId" minLength:"1" maxLength:"64"`
		Start     time.Time `json:"start"`
		visits.VisitAsk
	}
}

type bookInput struct {
	edge.Creating
	Body struct {
		ID        string           `json:"id,omitempty" format:"uuid" doc:"Made by the client. Not with holdId: the visit keeps the id of its hold."`
		PatientID string           `json:"patientId" minLength:"1" maxLength:"64"`
		HoldID    string           `json:"holdId,omitempty" format:"uuid" doc:"Book what is held. Everything else is left out then."`
		Start     *time.Time       `json:"start,omitempty"`
		Visit     *visits.VisitAsk `json:"visit,omitempty" doc:"Book without a hold."`
	}
}

// holds registers how a time is taken: kept for five minutes, or booked.
func (a *API) holds() {
	tag := []string{"Scheduling"}
	door.Register(a.API, huma.Operation{OperationID: "holdSlot", Method: http.MethodPost, Path: "/v1/appointments/holds", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Keep a time for five minutes; it takes the place of your hold for the same kind of visit", Errors: []int{http.StatusNotFound, http.StatusGone}},
		func(ctx context.Context, in *holdInput) (*edge.Tagged[visits.VisitView], error) {
			ch, id, err := a.Create(ctx, in.Body.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.Hold(ctx, id, in.Body.VisitAsk, in.Body.Start))
		})
	door.Register(a.API, huma.Operation{OperationID: "bookAppointment", Method: http.MethodPost, Path: "/v1/appointments", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Book a time, held or not", Errors: []int{http.StatusNotFound, http.StatusGone}},
		func(ctx context.Context, in *bookInput) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.Body.PatientID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			if b.HoldID != "" {
				if b.ID != "" || b.Start != nil || b.Visit != nil {
					return nil, edge.Invalid("holdId", "hold-alone", "With a hold, leave out the rest: it is known.")
				}
				id, err := edge.CleanID("holdId", b.HoldID)
				if err != nil {
					return nil, err
				}
				return door.Versioned(ch.Visits.Book(ctx, id))
			}
			if b.Start == nil || b.Visit == nil {
				return nil, edge.Invalid("visit", "required", "Say what visit and when, or which hold.")
			}
			id, err := in.NewID(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.BookDirect(ctx, id, *b.Visit, *b.Start))
		})
}
