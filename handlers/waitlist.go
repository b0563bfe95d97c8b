package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

// WaitPath names a place in the line.
type WaitPath struct {
	door.PatientPath
	WaitID string `path:"waitId" format:"uuid"`
}

type joinWaitlistInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		visits.WaitAsk
	}
}

// waitlist registers "earlier if one opens".
func (a *API) waitlist() {
	tag := []string{"Scheduling"}
	const path = "/v1/patients/{patientId}/waitlist"
	door.Register(a.API, huma.Operation{OperationID: "listWaitlist", Method: http.MethodGet, Path: path, Tags: tag, Summary: "What the patient waits for, and the times that are kept for them"},
		func(ctx context.Context, in *patientPieces) (*edge.Answer[edge.List[visits.WaitView]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Visits.Waitlist(ctx)
			return edge.Pieced(in.Pieces, door.Values(found), func(w visits.WaitView) string { return w.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "joinWaitlist", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Wait for an earlier time, or for any; who is first in line is offered what comes free", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *joinWaitlistInput) (*edge.Tagged[visits.WaitView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.JoinWaitlist(ctx, id, in.Body.WaitAsk))
		})
	door.Register(a.API, huma.Operation{OperationID: "leaveWaitlist", Method: http.MethodDelete, Path: path + "/{waitId}", Tags: tag, Summary: "Wait no more", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *WaitPath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Visits.LeaveWaitlist(ctx, in.WaitID)
		})
	a.offers(path+"/{waitId}", tag)
}

func (a *API) offers(path string, tag []string) {
	door.Register(a.API, huma.Operation{OperationID: "acceptOffer", Method: http.MethodPost, Path: path + "/accept", Tags: tag, Errors: []int{http.StatusGone},
		Summary: "Take the time that is kept: the visit moves there, or is booked"},
		func(ctx context.Context, in *WaitPath) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.AcceptOffer(ctx, in.WaitID))
		})
	door.Register(a.API, huma.Operation{OperationID: "declineOffer", Method: http.MethodPost, Path: path + "/decline", Tags: tag, Summary: "Pass the time on to the next in line; the place in it stays"},
		func(ctx context.Context, in *WaitPath) (*edge.Tagged[visits.WaitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.DeclineOffer(ctx, in.WaitID))
		})
}
