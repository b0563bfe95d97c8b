package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

type visitTypeList struct {
	schedule.VisitType
	ETag string `json:"etag" doc:"For If-Match."`
}

type setVisitTypeInput struct {
	edge.Editing
	VisitType string `path:"visitTypeId" minLength:"1" maxLength:"64" pattern:"^[a-z0-9][a-z0-9-]*$"`
	Body      struct {
		Name          string              `json:"name" minLength:"1" maxLength:"100"`
		Minutes       int                 `json:"minutes" minimum:"5" maximum:"720"`
		BeforeMinutes int                 `json:"beforeMinutes,omitempty" minimum:"0" maximum:"120" doc:"Kept free before, for the clinician."`
		AfterMinutes  int                 `json:"afterMinutes,omitempty" minimum:"0" maximum:"120"`
		Modalities    []schedule.Modality `json:"modalities" minItems:"1" maxItems:"5"`
		Sites         []string            `json:"sites,omitempty" maxItems:"50" doc:"In person: where. Left out: at any."`
		LeadMinutes   int                 `json:"leadMinutes,omitempty" minimum:"0" maximum:"43200"`
		HorizonDays   int                 `json:"horizonDays" minimum:"1" maximum:"400"`
		PerDay        int                 `json:"perDay,omitempty" minimum:"0" maximum:"288" doc:"For one clinician on one date. Left out: any number."`
		GridMinutes   int                 `json:"gridMinutes" doc:"5, 10, 15, 20, 30 or 60."`
		BookableBy    []models.Role       `json:"bookableBy" minItems:"1" maxItems:"5"`
		LateCancel    int                 `json:"lateCancelMinutes,omitempty" minimum:"0" maximum:"43200"`
		With          []models.Discipline `json:"with,omitempty" maxItems:"10" doc:"Who usually comes, one of each: what a page offers first."`
	}
}

type setSiteCalendarInput struct {
	edge.Editing
	Body visits.SiteCalendar
}

type resourceList struct {
	visits.ResourceView
	ETag string `json:"etag" doc:"For If-Match."`
}

type setResourceInput struct {
	edge.Editing
	ResourceID string `path:"resourceId" format:"uuid"`
	Body       struct {
		Name         string                 `json:"name" minLength:"1" maxLength:"100"`
		Languages    []string               `json:"languages,omitempty" maxItems:"50" doc:"BCP 47, of an interpreter: resourceId is then the id of an account of the role interpreter."`
		Availability *schedule.Availability `json:"availability,omitempty" doc:"Left out: any time that is not taken."`
	}
}

// visitTypes registers what the office keeps for scheduling. What is not there yet
// is version 1: If-Match: "1" makes it.
func (a *API) visitTypes() {
	tag := []string{"Scheduling"}
	door.Register(a.API, huma.Operation{OperationID: "listVisitTypes", Method: http.MethodGet, Path: "/v1/visit-types", Tags: tag, Summary: "The kinds of visits that you can book"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[visitTypeList]], error) {
			found, err := a.Care.Visits.VisitTypes(ctx, edge.ActorFrom(ctx))
			out := make([]visitTypeList, 0, len(found))
			for _, v := range found {
				out = append(out, visitTypeList{v.Value, edge.ETag(v.Version)})
			}
			return edge.Pieced(*in, out, func(v visitTypeList) string { return v.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setVisitType", Method: http.MethodPut, Path: "/v1/visit-types/{visitTypeId}", Tags: tag,
		Summary: `Make (If-Match: "1") or replace a kind of visit`},
		func(ctx context.Context, in *setVisitTypeInput) (*edge.Tagged[schedule.VisitType], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			b := in.Body
			return door.Versioned(a.Care.Visits.SetVisitType(ctx, edge.ActorFrom(ctx), version, schedule.VisitType{ID: in.VisitType, Name: b.Name, Minutes: b.Minutes,
				BeforeMinutes: b.BeforeMinutes, AfterMinutes: b.AfterMinutes, Modalities: b.Modalities, Sites: b.Sites, LeadMinutes: b.LeadMinutes,
				HorizonDays: b.HorizonDays, PerDay: b.PerDay, GridMinutes: b.GridMinutes, BookableBy: b.BookableBy, LateCancel: b.LateCancel, With: b.With}))
		})
	door.Register(a.API, huma.Operation{OperationID: "readSiteCalendar", Method: http.MethodGet, Path: "/v1/site-calendar", Tags: tag, Summary: "The clinic's sites and when they are shut"},
		func(ctx context.Context, in *edge.Reading) (*edge.Tagged[visits.SiteCalendar], error) {
			v, err := a.Care.Visits.SiteCalendar(ctx)
			return door.VersionedUnless(*in, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setSiteCalendar", Method: http.MethodPut, Path: "/v1/site-calendar", Tags: tag, Summary: "Replace the clinic's sites and closures"},
		func(ctx context.Context, in *setSiteCalendarInput) (*edge.Tagged[visits.SiteCalendar], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.SetSiteCalendar(ctx, edge.ActorFrom(ctx), version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "listResources", Method: http.MethodGet, Path: "/v1/resources", Tags: tag, Summary: "Interpreters, rooms and the like"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[resourceList]], error) {
			found, err := a.Care.Visits.ListResources(ctx)
			out := make([]resourceList, 0, len(found))
			for _, v := range found {
				out = append(out, resourceList{v.Value, edge.ETag(v.Version)})
			}
			return edge.Pieced(*in, out, func(r resourceList) string { return r.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setResource", Method: http.MethodPut, Path: "/v1/resources/{resourceId}", Tags: tag,
		Summary: `Make (If-Match: "1") or replace an interpreter, a room or the like`},
		func(ctx context.Context, in *setResourceInput) (*edge.Tagged[visits.Resource], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Visits.SetResource(ctx, edge.ActorFrom(ctx), version, visits.Resource{ID: in.ResourceID, Name: in.Body.Name,
				Languages: in.Body.Languages, Hours: in.Body.Availability}))
		})
}
