package fhirapi

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
	"handrail/care/visits"
	"handrail/fhir"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

type findInput struct {
	Reading
	Patient      string    `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
	ServiceType  string    `query:"service-type" required:"true" maxLength:"128" doc:"Id of a kind of visit."`
	Start        time.Time `query:"start" required:"true"`
	End          time.Time `query:"end" required:"true"`
	Practitioner []string  `query:"practitioner,explode" maxItems:"10" doc:"Practitioner/…, repeated: all of them come."`
	Specialty    []string  `query:"specialty,explode" maxItems:"10" doc:"Discipline, repeated: one of the patient's team each. With neither, those who usually come."`
	Modality     string    `query:"modality" enum:"video,phone,in-person,home-visit,asynchronous" doc:"Left out: the first of the kind of visit."`
	Count        int       `query:"_count" minimum:"1" maximum:"50" default:"20"`
}

type takeInput struct {
	Reading
	Body fhir.Parameters
}

type visitsInput struct {
	Reading
	Patient string   `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
	IDs     string   `query:"_id" maxLength:"1000" doc:"One or more, at most 20, with commas between them. Then no patient is needed."`
	Updated []string `query:"_lastUpdated,explode" maxItems:"4" doc:"When it was last changed here, as date."`
	Date    []string `query:"date,explode" maxItems:"4" doc:"Of the start: a date, or a time to the minute or second, with eq, ne, gt, lt, ge, le, sa, eb or ap. What names no zone is read in UTC."`
	Status  string   `query:"status" maxLength:"200" doc:"One or more, with commas between them."`
	Count   int      `query:"_count" minimum:"1" maximum:"100" default:"30" doc:"How many at most; a page can hold fewer and still have a next."`
	Page    string   `query:"page" maxLength:"1024" doc:"Of the link next."`
}

// appointments registers visits as FHIR's Appointment.
func (a *api) appointments() {
	register(a, huma.Operation{OperationID: "findFHIRAppointments", Method: http.MethodGet, Path: "/Appointment/$find", Errors: []int{http.StatusNotFound},
		Summary: "Times at which a visit could be, as proposed Appointments; the best first"}, a.find)
	register(a, huma.Operation{OperationID: "holdFHIRAppointment", Method: http.MethodPost, Path: "/Appointment/$hold", DefaultStatus: http.StatusCreated,
		Summary: "Keep a proposed Appointment for five minutes; twice is once", Errors: []int{http.StatusNotFound, http.StatusGone}},
		func(ctx context.Context, in *takeInput) (*Answer, error) {
			return a.visit(ctx)(a.Care.Visits.HoldProposal(ctx, edge.ActorFrom(ctx), in.Body.AppointmentID()))
		})
	register(a, huma.Operation{OperationID: "bookFHIRAppointment", Method: http.MethodPost, Path: "/Appointment/$book", DefaultStatus: http.StatusCreated,
		Summary: "Book an Appointment that is held or proposed; twice is once", Errors: []int{http.StatusNotFound, http.StatusGone}}, a.book)
	register(a, huma.Operation{OperationID: "listFHIRAppointments", Method: http.MethodGet, Path: "/Appointment", Errors: []int{http.StatusNotFound},
		Summary: "Visits of a patient by their start"}, a.search)
	register(a, huma.Operation{OperationID: "readFHIRAppointment", Method: http.MethodGet, Path: "/Appointment/{id}", Errors: []int{http.StatusGone}, Summary: "A visit"},
		func(ctx context.Context, in *Path) (*Answer, error) {
			ch, err := a.Care.Visits.ChartOfVisit(ctx, edge.ActorFrom(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return a.visit(ctx)(ch.Visit(ctx, in.ID))
		})
}

func (a *api) find(ctx context.Context, in *findInput) (*Answer, error) {
	patient, err := patientOf(ctx, in.Patient)
	if err != nil {
		return nil, err
	}
	ch, err := a.Open(ctx, patient)
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
	ask, kind, err := a.Care.Visits.AskOf(ctx, token(in.ServiceType), schedule.Modality(in.Modality), who, of)
	if err != nil {
		return nil, err
	}
	found, err := ch.Visits.Propose(ctx, visits.SlotQuestion{Ask: ask, From: in.Start, To: in.End, Limit: in.Count})
	if err != nil {
		return nil, err
	}
	out := make([]fhir.Appointment, 0, len(found))
	for _, p := range found {
		out = append(out, fhir.Proposal(p.ID, patient, kind, p.Slot))
	}
	if err := closed(ctx, a, patient, out...); err != nil {
		return nil, err
	}
	params := url.Values{"patient": {"Patient/" + patient}, "service-type": {in.ServiceType}, "start": {in.Start.Format(time.RFC3339)}, "end": {in.End.Format(time.RFC3339)},
		"practitioner": in.Practitioner, "specialty": in.Specialty, "modality": {in.Modality}, "_count": {strconv.Itoa(in.Count)}}
	return searchset(a, out, self("Appointment/$find", "", params), "")
}

// book books what $hold kept, by the id of the visit, or what $find proposed.
func (a *api) book(ctx context.Context, in *takeInput) (*Answer, error) {
	id := in.Body.AppointmentID()
	if strings.Contains(id, ".") {
		return a.visit(ctx)(a.Care.Visits.BookProposal(ctx, edge.ActorFrom(ctx), id))
	}
	ch, err := a.Care.Visits.ChartOfVisit(ctx, edge.ActorFrom(ctx), id)
	if err != nil {
		return nil, err
	}
	return a.visit(ctx)(ch.Book(ctx, id))
}

// wanted is what a search asks for beside whose visits.
type wanted struct {
	dates, updated fhir.DateSearch
	statuses, ids  []string
}

func (a *api) wantedOf(in *visitsInput) (w wanted, err error) {
	var ok bool
	const words = "Write a date, or a time, after eq, ne, gt, lt, ge, le, sa, eb or ap."
	if w.dates, ok = fhir.ParseDates(in.Date, a.Config().Now()); !ok {
		return w, edge.Invalid("query.date", "bad-date", words)
	}
	if w.updated, ok = fhir.ParseDates(in.Updated, a.Config().Now()); !ok {
		return w, edge.Invalid("query._lastUpdated", "bad-date", words)
	}
	w.statuses, w.ids = tokenList(in.Status), idList(in.IDs)
	if len(w.ids) > maxIDs {
		return w, edge.Invalid("query._id", "too-many", "At most 20 can be asked for at once.")
	}
	for _, s := range w.statuses {
		if !schedule.Status(s).Valid() {
			return w, edge.Invalid("query.status", "unknown-status", "This is no state of an Appointment.")
		}
	}
	return w, nil
}

func (w wanted) has(v visits.VisitView) bool {
	return (len(w.statuses) == 0 || slices.Contains(w.statuses, string(v.Status))) && (len(w.ids) == 0 || slices.Contains(w.ids, v.ID)) &&
		w.dates.Match(v.Start) && w.updated.Match(v.ChangedAt)
}

func (a *api) search(ctx context.Context, in *visitsInput) (*Answer, error) {
	want, err := a.wantedOf(in)
	if err != nil {
		return nil, err
	}
	page, patient, err := a.page(ctx, in, want)
	if err != nil {
		return nil, err
	}
	names, err := a.visitTypeNames(ctx)
	if err != nil {
		return nil, err
	}
	var out []fhir.Appointment
	of := map[string][]fhir.Appointment{} // by patient
	for _, v := range page.Items {
		if want.has(v.Value) {
			one := appointmentOf(v, names)
			out, of[v.Value.PatientID] = append(out, one), append(of[v.Value.PatientID], one)
		}
	}
	for id, theirs := range of {
		if err := closed(ctx, a, id, theirs...); err != nil {
			return nil, err
		}
	}
	params := func() url.Values {
		return url.Values{"patient": {patient}, "date": slices.Clone(in.Date), "_lastUpdated": slices.Clone(in.Updated), "_id": {in.IDs}, "status": {in.Status}, "_count": {strconv.Itoa(in.Count)}}
	}
	next := ""
	if page.Next != "" {
		next = self("Appointment", page.Next, params())
	}
	return searchset(a, out, self("Appointment", in.Page, params()), next)
}

// page reads the visits of a patient, or those that are named.
func (a *api) page(ctx context.Context, in *visitsInput, want wanted) (page care.Page[care.Versioned[visits.VisitView]], patient string, err error) {
	if len(want.ids) > 0 && in.Patient == "" {
		page.Items, err = eachID(want.ids, func(id string) (care.Versioned[visits.VisitView], error) {
			ch, err := a.Care.Visits.ChartOfVisit(ctx, edge.ActorFrom(ctx), id)
			if err != nil {
				return care.Versioned[visits.VisitView]{}, err
			}
			return ch.Visit(ctx, id)
		})
		return page, "", err
	}
	id, err := patientOf(ctx, in.Patient)
	if err != nil {
		return page, "", err
	}
	ch, err := a.Open(ctx, id)
	if err != nil {
		return page, "", err
	}
	from, to := want.dates.Bounds()
	page, err = ch.Visits.Visits(ctx, visits.VisitList{From: door.Given(from), To: door.Given(to), Cursor: in.Page, Limit: in.Count})
	return page, "Patient/" + id, err
}

// maxIDs is how many resources can be named in one search.
const maxIDs = 20

// eachID reads what is named. What the caller has no right to is left out, like what
// does not exist.
func eachID[T any](ids []string, read func(string) (T, error)) ([]T, error) {
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		v, err := read(id)
		switch models.KindOf(err) {
		case models.KindNotFound, models.KindForbidden, models.KindGone:
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// visit makes the answer of a use case that gives one visit.
func (a *api) visit(ctx context.Context) func(care.Versioned[visits.VisitView], error) (*Answer, error) {
	return func(v care.Versioned[visits.VisitView], err error) (*Answer, error) {
		if err != nil {
			return nil, err
		}
		names, err := a.visitTypeNames(ctx)
		if err != nil {
			return nil, err
		}
		one := appointmentOf(v, names)
		out, err := resource(one, closed(ctx, a, v.Value.PatientID, one))
		if err == nil {
			out.ETag, out.Location = "W/"+edge.ETag(v.Version), Base+"/Appointment/"+v.Value.ID
		}
		return out, err
	}
}

// visitTypeNames are the names of the kinds of visits that the actor may know.
func (a *api) visitTypeNames(ctx context.Context) (map[string]string, error) {
	found, err := a.Care.Visits.VisitTypes(ctx, edge.ActorFrom(ctx))
	out := map[string]string{}
	for _, v := range found {
		out[v.Value.ID] = v.Value.Name
	}
	return out, err
}

func appointmentOf(v care.Versioned[visits.VisitView], names map[string]string) fhir.Appointment {
	x := v.Value
	out := fhir.Visit{ID: x.ID, ChangedAt: x.ChangedAt, Version: strconv.FormatInt(v.Version, 10), Status: x.Status, PatientID: x.PatientID, Start: x.Start, End: x.End, HoldUntil: x.HoldUntil}
	if d := x.VisitDetails; d != nil {
		out.Type, out.TypeName, out.Modality, out.Cancellation = d.VisitType, names[d.VisitType], d.Modality, d.Cancellation
		for _, p := range d.Participants {
			out.Participants = append(out.Participants, fhir.Party{Who: p.Who, Name: p.Name, Kind: p.Kind, Required: p.Required, Status: p.Status, Start: p.Start, End: p.End})
		}
	}
	return fhir.AppointmentOf(out)
}
