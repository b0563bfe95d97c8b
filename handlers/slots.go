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

type slotsInput struct {
	PatientID     string            `query:"patientId" required:"true" maxLength:"64" doc:"Whose visit it is."`
	VisitType     string            `query:"visitType" required:"true" maxLength:"64"`
	Modality      schedule.Modality `query:"modality" required:"true" enum:"video,phone,in-person,home-visit,asynchronous"`
	Site          string            `query:"site" maxLength:"64"`
	TravelMinutes int               `query:"travelMinutes" minimum:"0" maximum:"240"`
	Role          []string          `query:"role,explode" required:"true" minItems:"1" maxItems:"11" doc:"Repeated: who comes beside the patient. Parts are joined by \";\": who=<id>|<id>, discipline=, language=, need=, from= and minutes= (the part within the visit), kind=clinician, supporter or resource, key=, optional. Or one account id alone." example:"discipline=therapy;need=1"`
	From          time.Time         `query:"from" required:"true"`
	To            time.Time         `query:"to" required:"true" doc:"At most 366 days after from."`
	Zone          string            `query:"zone" maxLength:"64" doc:"IANA: on whose clock local times are told. Left out: the patient's."`
	Suiting       bool              `query:"suiting" doc:"Only times that the patient would rather have (visit-preference)."`
	Instead       string            `query:"instead" format:"uuid" doc:"A visit of the patient that is to be moved: its own time counts as free."`
	Limit         int               `query:"limit" minimum:"1" maximum:"200" default:"20"`
	Cursor        string            `query:"cursor" maxLength:"200"`
}

// slots registers the search for times.
func (a *API) slots() {
	door.Register(a.API, huma.Operation{OperationID: "findSlots", Method: http.MethodGet, Path: "/v1/slots", Tags: []string{"Scheduling"},
		Summary: "Times that fit everyone: people whom the patient knows first, then the soonest", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *slotsInput) (*edge.Answer[edge.List[schedule.Slot]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			roles, err := VisitRoles(in.Role)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Visits.Slots(ctx, visits.SlotQuestion{Ask: visits.VisitAsk{VisitType: in.VisitType, Modality: in.Modality, Site: in.Site,
				TravelMinutes: in.TravelMinutes, Roles: roles}, From: in.From, To: in.To, Zone: in.Zone, Suiting: in.Suiting, Instead: in.Instead, Limit: in.Limit, Cursor: in.Cursor}))
		})
}
