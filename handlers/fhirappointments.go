package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/fhir"
	"handrail/models"
	"handrail/models/schedule"
)

type fhirFindInput struct {
	FHIRReading
	Patient      string    `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
	ServiceType  string    `query:"service-type" required:"true" maxLength:"128" doc:"Id of a kind of visit."`
	Start        time.Time `query:"start" required:"true"`
	End          time.Time `query:"end" required:"true"`
	Practitioner []string  `query:"practitioner,explode" maxItems:"10" doc:"Practitioner/…, repeated: all of them come."`
	Specialty    []string  `query:"specialty,explode" maxItems:"10" doc:"Discipline, repeated: one of the patient's team each. With neither, those who usually come."`
	Modality     string    `query:"modality" enum:"video,phone,in-person,home-visit,asynchronous" doc:"Left out: the first of the kind of visit."`
	Count        int       `query:"_count" minimum:"1" maximum:"50" default:"20"`
}

type fhirTakeInput struct {
	FHIRReading
	Body fhir.Parameters
}

type fhirVisitsInput struct {
	FHIRReading
	Patient string   `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
	Date    []string `query:"date,explode" maxItems:"4" doc:"Of the start, with eq, ge, gt, le or lt. A date is read in UTC."`
	Status  string   `query:"status" maxLength:"200" doc:"One or more, with commas between them."`
	Count   int      `query:"_count" minimum:"1" maximum:"100" default:"30" doc:"How many at most; a page can hold fewer and still have a next."`
	Page    string   `query:"page" maxLength:"1024" doc:"Of the link next."`
}

// fhirAppointments registers visits as FHIR's Appointment.
func (a *API) fhirAppointments() {
	registerFHIR(a, huma.Operation{OperationID: "findFHIRAppointments", Method: http.MethodGet, Path: "/Appointment/$find", Errors: []int{http.StatusNotFound},
		Summary: "Times at which a visit could be, as proposed Appointments; the best first"}, a.fhirFind)
	registerFHIR(a, huma.Operation{OperationID: "holdFHIRAppointment", Method: http.MethodPost, Path: "/Appointment/$hold", DefaultStatus: http.StatusCreated,
		Summary: "Keep a proposed Appointment for five minutes; twice is once", Errors: []int{http.StatusNotFound, http.StatusGone}},
		func(ctx context.Context, in *fhirTakeInput) (*FHIRAnswer, error) {
			return a.fhirVisit(ctx)(a.care.HoldProposal(ctx, ActorFrom(ctx), in.Body.AppointmentID()))
		})
	registerFHIR(a, huma.Operation{OperationID: "bookFHIRAppointment", Method: http.MethodPost, Path: "/Appointment/$book", DefaultStatus: http.StatusCreated,
		Summary: "Book an Appointment that is held or proposed; twice is once", Errors: []int{http.StatusNotFound, http.StatusGone}}, a.fhirBook)
	registerFHIR(a, huma.Operation{OperationID: "listFHIRAppointments", Method: http.MethodGet, Path: "/Appointment", Errors: []int{http.StatusNotFound},
		Summary: "Visits of a patient by their start"}, a.fhirVisits)
	registerFHIR(a, huma.Operation{OperationID: "readFHIRAppointment", Method: http.MethodGet, Path: "/Appointment/{id}", Errors: []int{http.StatusGone}, Summary: "A visit"},
		func(ctx context.Context, in *FHIRPath) (*FHIRAnswer, error) {
			ch, err := a.care.ChartOfVisit(ctx, ActorFrom(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return a.fhirVisit(ctx)(ch.Visit(ctx, in.ID))
		})
}

func (a *API) fhirFind(ctx context.Context, in *fhirFindInput) (*FHIRAnswer, error) {
	patient, err := patientOf(ctx, in.Patient)
	if err != nil {
		return nil, err
	}
	ch, err := a.open(ctx, patient)
	if err != nil {
		return nil, err
	}
	var who []string
	for _, p := range in.Practitioner {
		who = append(who, fhir.IDOf("Practitioner", p))
	}
	var of []models.Discipline
	for _, s := range in.Specialty {
		of = append(of, models.Discipline(token(s)))
	}
	ask, kind, err := a.care.AskOf(ctx, token(in.ServiceType), schedule.Modality(in.Modality), who, of)
	if err != nil {
		return nil, err
	}
	found, err := ch.Propose(ctx, care.SlotQuestion{Ask: ask, From: in.Start, To: in.End, Limit: in.Count})
	if err != nil {
		return nil, err
	}
	out := make([]fhir.Appointment, 0, len(found))
	for _, p := range found {
		out = append(out, fhir.Proposal(p.ID, patient, kind, p.Slot))
	}
	params := url.Values{"patient": {"Patient/" + patient}, "service-type": {in.ServiceType}, "start": {in.Start.Format(time.RFC3339)}, "end": {in.End.Format(time.RFC3339)},
		"practitioner": in.Practitioner, "specialty": in.Specialty, "modality": {in.Modality}, "_count": {strconv.Itoa(in.Count)}}
	return resource(fhir.Searchset(out, self("Appointment/$find", "", params), ""), nil)
}

// fhirBook books what $hold kept, by the id of the visit, or what $find proposed.
func (a *API) fhirBook(ctx context.Context, in *fhirTakeInput) (*FHIRAnswer, error) {
	id := in.Body.AppointmentID()
	if strings.Contains(id, ".") {
		return a.fhirVisit(ctx)(a.care.BookProposal(ctx, ActorFrom(ctx), id))
	}
	ch, err := a.care.ChartOfVisit(ctx, ActorFrom(ctx), id)
	if err != nil {
		return nil, err
	}
	return a.fhirVisit(ctx)(ch.Book(ctx, id))
}

func (a *API) fhirVisits(ctx context.Context, in *fhirVisitsInput) (*FHIRAnswer, error) {
	patient, err := patientOf(ctx, in.Patient)
	if err != nil {
		return nil, err
	}
	from, to, ok := fhir.DateRange(in.Date)
	if !ok {
		return nil, invalid("query.date", "bad-date", "Write a date, or a time with its zone, after eq, ge, gt, le or lt.")
	}
	statuses := tokenList(in.Status)
	for _, s := range statuses {
		if !schedule.Status(s).Valid() {
			return nil, invalid("query.status", "unknown-status", "This is no state of an Appointment.")
		}
	}
	ch, err := a.open(ctx, patient)
	if err != nil {
		return nil, err
	}
	page, err := ch.Visits(ctx, care.VisitList{From: given(from), To: given(to), Cursor: in.Page, Limit: in.Count})
	if err != nil {
		return nil, err
	}
	names, err := a.visitTypeNames(ctx)
	if err != nil {
		return nil, err
	}
	var out []fhir.Appointment
	for _, v := range page.Items {
		if len(statuses) == 0 || slices.Contains(statuses, string(v.Value.Status)) {
			out = append(out, fhirAppointment(v, names))
		}
	}
	params := func() url.Values {
		return url.Values{"patient": {"Patient/" + patient}, "date": slices.Clone(in.Date), "status": {in.Status}, "_count": {strconv.Itoa(in.Count)}}
	}
	next := ""
	if page.Next != "" {
		next = self("Appointment", page.Next, params())
	}
	return resource(fhir.Searchset(out, self("Appointment", in.Page, params()), next), nil)
}

// fhirVisit makes the answer of a use case that gives one visit.
func (a *API) fhirVisit(ctx context.Context) func(care.Versioned[care.VisitView], error) (*FHIRAnswer, error) {
	return func(v care.Versioned[care.VisitView], err error) (*FHIRAnswer, error) {
		if err != nil {
			return nil, err
		}
		names, err := a.visitTypeNames(ctx)
		if err != nil {
			return nil, err
		}
		out, err := resource(fhirAppointment(v, names), nil)
		if err == nil {
			out.ETag, out.Location = "W/"+etag(v.Version), fhirBase+"/Appointment/"+v.Value.ID
		}
		return out, err
	}
}

// visitTypeNames are the names of the kinds of visits that the actor may know.
func (a *API) visitTypeNames(ctx context.Context) (map[string]string, error) {
	found, err := a.care.VisitTypes(ctx, ActorFrom(ctx))
	out := map[string]string{}
	for _, v := range found {
		out[v.Value.ID] = v.Value.Name
	}
	return out, err
}

func fhirAppointment(v care.Versioned[care.VisitView], names map[string]string) fhir.Appointment {
	x := v.Value
	out := fhir.Visit{ID: x.ID, Version: strconv.FormatInt(v.Version, 10), Status: x.Status, PatientID: x.PatientID, Start: x.Start, End: x.End, HoldUntil: x.HoldUntil}
	if d := x.VisitDetails; d != nil {
		out.Type, out.TypeName, out.Modality, out.Cancellation = d.VisitType, names[d.VisitType], d.Modality, d.Cancellation
		for _, p := range d.Participants {
			out.Participants = append(out.Participants, fhir.Party{Who: p.Who, Name: p.Name, Kind: p.Kind, Required: p.Required, Status: p.Status, Start: p.Start, End: p.End})
		}
	}
	return fhir.AppointmentOf(out)
}
