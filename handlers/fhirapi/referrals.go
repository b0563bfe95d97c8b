package fhirapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
)

type referralsInput struct {
	Reading
	Patient string `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
	Count   int    `query:"_count" minimum:"1" maximum:"100" default:"30" doc:"How many at most; a page can hold fewer and still have a next."`
	Page    string `query:"page" maxLength:"1024" doc:"Of the link next."`
}

// referrals registers what a patient is referred to outside, as a request and its task.
func (a *api) referrals() {
	register(a, huma.Operation{OperationID: "listFHIRServiceRequests", Method: http.MethodGet, Path: "/ServiceRequest", Errors: []int{http.StatusNotFound}, Summary: "The referrals of a patient to partners outside, newest first"},
		func(ctx context.Context, in *referralsInput) (*Answer, error) {
			all, next, err := a.referred(ctx, in)
			if err != nil {
				return nil, err
			}
			out := make([]fhir.ServiceRequest, 0, len(all))
			for _, r := range all {
				out = append(out, fhir.ServiceRequestOf(r))
			}
			if len(all) > 0 {
				err = closed(ctx, a, all[0].PatientID, out...)
			}
			if err != nil {
				return nil, err
			}
			return searchset(a, out, in.self("ServiceRequest", in.Page), in.next("ServiceRequest", next))
		})
	register(a, huma.Operation{OperationID: "listFHIRTasks", Method: http.MethodGet, Path: "/Task", Errors: []int{http.StatusNotFound}, Summary: "Where the referrals of a patient stand, with the states of the SDOH Clinical Care guide"},
		func(ctx context.Context, in *referralsInput) (*Answer, error) {
			all, next, err := a.referred(ctx, in)
			if err != nil {
				return nil, err
			}
			out := make([]fhir.Task, 0, len(all))
			for _, r := range all {
				out = append(out, fhir.TaskOf(r))
			}
			if len(all) > 0 {
				err = closed(ctx, a, all[0].PatientID, out...)
			}
			if err != nil {
				return nil, err
			}
			return searchset(a, out, in.self("Task", in.Page), in.next("Task", next))
		})
}

func (in *referralsInput) self(kind, page string) string {
	return self(kind, page, url.Values{"patient": {in.Patient}, "_count": {strconv.Itoa(in.Count)}})
}

func (in *referralsInput) next(kind, page string) string {
	if page == "" {
		return ""
	}
	return in.self(kind, page)
}

// referred is a page of the referrals of a patient, for those to whom the chart opens them.
func (a *api) referred(ctx context.Context, in *referralsInput) ([]fhir.Referral, string, error) {
	id, err := patientOf(ctx, in.Patient)
	if err != nil {
		return nil, "", err
	}
	ch, err := a.Open(ctx, id)
	if err != nil {
		return nil, "", err
	}
	page, err := ch.Referral.Referrals(ctx, in.Page, in.Count)
	if err != nil {
		return nil, "", err
	}
	out := make([]fhir.Referral, 0, len(page.Items))
	for _, r := range page.Items {
		one := fhir.Referral{ID: r.ID, PatientID: r.PatientID, Need: r.Sent.Need, Status: string(r.Status), ClinicianID: r.By.AccountID, Clinician: r.By.Name, Partner: r.PartnerName,
			MadeAt: r.MadeAt, ChangedAt: r.MadeAt, DueAt: r.DueAt, BookedFor: r.BookedFor, Ended: r.Status.Ended()}
		if n := len(r.History); n > 0 {
			one.ChangedAt = r.History[n-1].At
		}
		out = append(out, one)
	}
	return out, page.Next, nil
}
