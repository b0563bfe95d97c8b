package fhirapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	plans "handrail/care/careplan"
	"handrail/fhir"
	"handrail/models/careplan"
)

type carePlanInput struct {
	Reading
	Patient string `query:"patient" maxLength:"200" doc:"Patient/…; a patient's own when left out."`
}

// carePlans registers the one care plan of a patient, whose id is the patient's.
func (a *api) carePlans() {
	register(a, huma.Operation{OperationID: "readFHIRCarePlan", Method: http.MethodGet, Path: "/CarePlan/{id}", Summary: "The care plan of a patient; its id is the patient's"},
		func(ctx context.Context, in *Path) (*Answer, error) {
			return resource(a.carePlan(ctx, fhir.IDOf("CarePlan", in.ID)))
		})
	register(a, huma.Operation{OperationID: "listFHIRCarePlans", Method: http.MethodGet, Path: "/CarePlan", Errors: []int{http.StatusNotFound}, Summary: "The care plan of a patient"},
		func(ctx context.Context, in *carePlanInput) (*Answer, error) {
			id, err := patientOf(ctx, in.Patient)
			if err != nil {
				return nil, err
			}
			p, err := a.carePlan(ctx, id)
			if err != nil {
				return nil, err
			}
			return searchset(a, []fhir.CarePlan{p}, self("CarePlan", "", url.Values{"patient": {in.Patient}}), "")
		})
}

func (a *api) carePlan(ctx context.Context, patientID string) (fhir.CarePlan, error) {
	ch, err := a.Open(ctx, patientID)
	if err != nil {
		return fhir.CarePlan{}, err
	}
	v, err := ch.CarePlan.Plan(ctx)
	if err != nil {
		return fhir.CarePlan{}, err
	}
	out := fhir.Plan{PatientID: v.PatientID, Version: v.Version, ChangedAt: v.ChangedAt, Agreed: v.Agreed > 0}
	for _, i := range v.Items {
		ended := i.Status != careplan.Completed && !i.Open() || !i.Open() && (i.Kind == careplan.Problem || i.Kind == careplan.Goal)
		if !ended {
			out.Items = append(out.Items, planItem(i))
		}
	}
	plan := fhir.CarePlanOf(out)
	return plan, closed(ctx, a, patientID, plan)
}

func planItem(i plans.ItemView) fhir.PlanItem {
	out := fhir.PlanItem{ID: i.ID, Kind: string(i.Kind), Code: i.Activity, Name: i.Name, Domain: i.Domain, Why: i.Why, Description: i.DoneWhen,
		Status: string(i.Status), StartOn: i.StartOn, EndOn: i.EndOn, For: i.For}
	if out.Name == "" { // an activity without a title of its own, or a goal that was erased
		e, _ := careplan.CatalogueEntry(i.Activity)
		if out.Name = e.Names["en"]; out.Name == "" {
			out.Name = string(i.Kind)
		}
	}
	if i.Lead != nil {
		out.LeadID, out.LeadName = i.Lead.AccountID, i.Lead.Name
	}
	return out
}
