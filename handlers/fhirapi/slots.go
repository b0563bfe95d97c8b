package fhirapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/fhir"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

type schedulesInput struct {
	Reading
	IDs   string `query:"_id" maxLength:"1000" doc:"Of a Schedule: that of its practitioner."`
	Actor string `query:"actor" maxLength:"200" doc:"Practitioner/…; this or _id is needed."`
}

type slotsInput struct {
	Reading
	IDs      string   `query:"_id" maxLength:"2000" doc:"One or more, with commas between them."`
	Schedule string   `query:"schedule" required:"true" maxLength:"200" doc:"Schedule/…: the id of a practitioner."`
	Start    []string `query:"start,explode" required:"true" minItems:"1" maxItems:"4" doc:"With ge, gt, le, lt or eq; a window of at most 62 days. A date is read in UTC."`
	Status   string   `query:"status" maxLength:"100" doc:"One or more, with commas between them."`
}

// fhirStates are the words of FHIR for the states of time.
var fhirStates = map[visits.TimeState]fhir.State{visits.TimeFree: fhir.Free, visits.TimeTaken: fhir.Busy, visits.TimeHeld: fhir.Tentative, visits.TimeElsewhere: fhir.Unavailable}

// slots registers clinicians' time as FHIR's Schedule and Slot. It is for them
// and the office; patients find times with $find.
func (a *api) slots() {
	register(a, huma.Operation{OperationID: "listFHIRSchedules", Method: http.MethodGet, Path: "/Schedule", Errors: []int{http.StatusNotFound}, Summary: "The calendar of a practitioner"},
		func(ctx context.Context, in *schedulesInput) (*Answer, error) {
			ids := idList(in.IDs)
			if who := fhir.IDOf("Practitioner", in.Actor); in.Actor != "" && (in.IDs == "" || slices.Contains(ids, who)) {
				ids = []string{who}
			} else if in.Actor != "" {
				ids = nil
			}
			if in.Actor == "" && in.IDs == "" {
				return nil, edge.Invalid("query.actor", "required", "Say whose calendar.")
			}
			if in.IDs == "" { // one that is named is there or is not
				if _, err := a.schedule(ctx, ids[0]); err != nil {
					return nil, err
				}
			}
			found, err := eachID(ids, func(id string) (fhir.Schedule, error) { return a.schedule(ctx, id) })
			if err != nil {
				return nil, err
			}
			return searchset(a, found, self("Schedule", "", url.Values{"actor": {in.Actor}, "_id": {in.IDs}}), "")
		})
	register(a, huma.Operation{OperationID: "readFHIRSchedule", Method: http.MethodGet, Path: "/Schedule/{id}", Summary: "The calendar of a practitioner"},
		func(ctx context.Context, in *Path) (*Answer, error) {
			return resource(a.schedule(ctx, in.ID))
		})
	register(a, huma.Operation{OperationID: "listFHIRSlots", Method: http.MethodGet, Path: "/Slot", Errors: []int{http.StatusNotFound}, Summary: "When a practitioner is free and when not"},
		func(ctx context.Context, in *slotsInput) (*Answer, error) {
			dates, ok := fhir.ParseDates(in.Start, a.Config().Now())
			from, to := dates.Bounds()
			if !ok || from.IsZero() || to.IsZero() {
				return nil, edge.Invalid("query.start", "bad-date", "Give a beginning and an end, such as ge2026-03-02 and lt2026-03-09.")
			}
			who := fhir.IDOf("Schedule", in.Schedule)
			found, err := a.freeTimes(ctx, who, from, to)
			if err != nil {
				return nil, err
			}
			statuses, out := tokenList(in.Status), []fhir.Slot{}
			for _, s := range found {
				if (len(statuses) == 0 || slices.Contains(statuses, string(s.Status))) && (in.IDs == "" || slices.Contains(idList(in.IDs), s.ID)) && dates.Match(s.Start) {
					out = append(out, s)
				}
			}
			params := url.Values{"schedule": {in.Schedule}, "start": in.Start, "status": {in.Status}, "_id": {in.IDs}}
			return searchset(a, out, self("Slot", "", params), "")
		})
	register(a, huma.Operation{OperationID: "readFHIRSlot", Method: http.MethodGet, Path: "/Slot/{id}", Summary: "A piece of a practitioner's time, as it is now"},
		func(ctx context.Context, in *Path) (*Answer, error) {
			who, start, ok := fhir.ParseSlotID(in.ID)
			if !ok {
				return nil, models.NotFound()
			}
			found, err := a.freeTimes(ctx, who, start, start.Add(slotLook))
			if err != nil {
				return nil, err
			}
			for _, s := range found {
				if s.Start.Equal(start) {
					return resource(s, nil)
				}
			}
			return nil, models.NotFound()
		})
}

// slotLook is how far the read of one slot looks for its end; longer ones are cut.
const slotLook = 48 * time.Hour

func (a *api) schedule(ctx context.Context, accountID string) (fhir.Schedule, error) {
	now := a.Config().Now()
	b, err := a.Care.Visits.FreeBusy(ctx, edge.ActorFrom(ctx), accountID, now, now.Add(time.Minute))
	return fhir.ScheduleOf(accountID, b.Name, now, now.AddDate(0, 0, schedule.MaxHorizon)), err
}

func (a *api) freeTimes(ctx context.Context, accountID string, from, to time.Time) ([]fhir.Slot, error) {
	b, err := a.Care.Visits.FreeBusy(ctx, edge.ActorFrom(ctx), accountID, from, to)
	out := make([]fhir.Slot, 0, len(b.Time))
	for _, t := range b.Time {
		out = append(out, fhir.SlotOf(accountID, fhir.Time{Span: t.Span, Status: fhirStates[t.State]}))
	}
	return out, err
}
