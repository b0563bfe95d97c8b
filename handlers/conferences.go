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

// ConferencePath names a case conference.
type ConferencePath struct {
	ConferenceID string `path:"conferenceId" format:"uuid"`
}

type callConferenceInput struct {
	edge.Creating
	Body struct {
		ID    string    `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Start time.Time `json:"start"`
		visits.ConferenceAsk
	}
}

type conferencesInput struct {
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"At most 62 days after from."`
	edge.Pieces
}

type conferenceInput struct {
	ConferencePath
	edge.Reading
}

type cancelConferenceInput struct {
	ConferencePath
	edge.Editing
	Body struct {
		Reason schedule.Reason `json:"reason" minLength:"1" maxLength:"20" doc:"A code of FHIR's appointment-cancellation-reason, such as prov."`
	}
}

type moveConferenceInput struct {
	ConferencePath
	edge.Editing
	Body struct {
		Start time.Time `json:"start"`
	}
}

type answerConferenceInput struct {
	ConferencePath
	Body struct {
		Answer schedule.Answer `json:"answer" enum:"accepted,declined,tentative"`
	}
}

type conferenceSlotsInput struct {
	VisitType string            `query:"visitType" required:"true" maxLength:"64"`
	Modality  schedule.Modality `query:"modality" required:"true" enum:"video,phone,in-person"`
	Site      string            `query:"site" maxLength:"64"`
	Who       []string          `query:"who,explode" required:"true" minItems:"1" maxItems:"12" doc:"Repeated: the clinicians who come beside you."`
	From      time.Time         `query:"from" required:"true"`
	To        time.Time         `query:"to" required:"true" doc:"At most 366 days after from."`
	Limit     int               `query:"limit" minimum:"1" maximum:"200" default:"20"`
	Cursor    string            `query:"cursor" maxLength:"200"`
}

// conferences registers visits without the patient: rounds, handoffs, hard cases.
func (a *API) conferences() {
	tag := []string{"Case conferences"}
	const path = "/v1/conferences"
	door.Register(a.API, huma.Operation{OperationID: "callConference", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Call a case conference (clinician); everybody who comes needs a right to each chart", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *callConferenceInput) (*edge.Tagged[visits.ConferenceView], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.CallConference(ctx, edge.ActorFrom(ctx), id, in.Body.ConferenceAsk, in.Body.Start))
		})
	door.Register(a.API, huma.Operation{OperationID: "listConferences", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Your case conferences by their start"},
		func(ctx context.Context, in *conferencesInput) (*edge.Answer[edge.List[visits.ConferenceView]], error) {
			found, err := a.Care.Visits.Conferences(ctx, edge.ActorFrom(ctx), in.From, in.To)
			return edge.Pieced(in.Pieces, door.Values(found), func(v visits.ConferenceView) string { return v.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "findConferenceSlots", Method: http.MethodGet, Path: path + "/slots", Tags: tag, Summary: "Times at which these clinicians can meet"},
		func(ctx context.Context, in *conferenceSlotsInput) (*edge.Answer[edge.List[schedule.Slot]], error) {
			ask := visits.ConferenceAsk{VisitType: in.VisitType, Modality: in.Modality, Site: in.Site, Who: in.Who}
			return door.Paged(a.Care.Visits.ConferenceSlots(ctx, edge.ActorFrom(ctx), ask, visits.SlotQuestion{From: in.From, To: in.To, Limit: in.Limit, Cursor: in.Cursor}))
		})
	door.Register(a.API, huma.Operation{OperationID: "readConference", Method: http.MethodGet, Path: path + "/{conferenceId}", Tags: tag, Summary: "Read a conference that you are in"},
		func(ctx context.Context, in *conferenceInput) (*edge.Tagged[visits.ConferenceView], error) {
			v, err := a.Care.Visits.Conference(ctx, edge.ActorFrom(ctx), in.ConferenceID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	a.conferenceSteps(path+"/{conferenceId}", tag)
}

func (a *API) conferenceSteps(path string, tag []string) {
	door.Register(a.API, huma.Operation{OperationID: "cancelConference", Method: http.MethodPost, Path: path + "/cancel", Tags: tag, Summary: "Call a conference off"},
		func(ctx context.Context, in *cancelConferenceInput) (*edge.Tagged[visits.ConferenceView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.CancelConference(ctx, edge.ActorFrom(ctx), in.ConferenceID, version, in.Body.Reason))
		})
	door.Register(a.API, huma.Operation{OperationID: "rescheduleConference", Method: http.MethodPost, Path: path + "/reschedule", Tags: tag, Summary: "Give a conference another time, in one step"},
		func(ctx context.Context, in *moveConferenceInput) (*edge.Tagged[visits.ConferenceView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.MoveConference(ctx, edge.ActorFrom(ctx), in.ConferenceID, version, in.Body.Start))
		})
	door.Register(a.API, huma.Operation{OperationID: "answerConference", Method: http.MethodPut, Path: path + "/answer", Tags: tag, Summary: "Say whether you come"},
		func(ctx context.Context, in *answerConferenceInput) (*edge.Tagged[visits.ConferenceView], error) {
			return door.Versioned(a.Care.Visits.AnswerConference(ctx, edge.ActorFrom(ctx), in.ConferenceID, in.Body.Answer))
		})
}
