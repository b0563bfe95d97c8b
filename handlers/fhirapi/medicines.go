package fhirapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/fhir"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

type medicinesInput struct {
	Reading
	Patient string `query:"patient" maxLength:"1000" doc:"Patient/… Left out: the patient who asks."`
	Status  string `query:"status" maxLength:"200" doc:"One or more, with commas between them."`
	Count   int    `query:"_count" minimum:"1" maximum:"100" default:"100" doc:"How many at most; a page can hold fewer and still have a next."`
	Page    string `query:"page" maxLength:"1024" doc:"Of the link next."`
}

// medicines registers the list of a patient's medicines and reactions: as far as the
// chart opens it, and as far as the patient lets it leave the programme.
func (a *api) medicines() {
	registerMedicines(a, "MedicationRequest", "Orders of a patient's medicines", linesOf, func(m medicine.Medicine) (fhir.MedicationRequest, string, bool) {
		return fhir.RequestOf(drugOf(m)), string(m.Status), m.Source == medicine.Here
	})
	registerMedicines(a, "MedicationStatement", "What a patient takes that was not ordered here", linesOf, func(m medicine.Medicine) (fhir.MedicationStatement, string, bool) {
		return fhir.StatementOf(drugOf(m)), string(m.Status), m.Source != medicine.Here
	})
	registerMedicines(a, "AllergyIntolerance", "Allergies and other bad reactions of a patient", func(ctx context.Context, ch *care.Chart, in *medicinesInput) ([]medicine.Adverse, string, error) {
		all, err := ch.Medicine.Reactions(ctx)
		if err != nil {
			return nil, "", err
		}
		piece, err := edge.Piece(edge.Pieces{Limit: in.Count, Cursor: in.Page}, all, func(r medicine.Adverse) string { return r.ID })
		return piece.Items, piece.Next, err
	}, func(r medicine.Adverse) (fhir.AllergyIntolerance, string, bool) {
		return allergyOf(r), r.Certainty, true
	})
}

// linesOf is a page of the lines; what is taken comes whole.
func linesOf(ctx context.Context, ch *care.Chart, in *medicinesInput) ([]medicine.Medicine, string, error) {
	if in.Status == string(medicine.Taken) {
		all, err := ch.Medicine.Taken(ctx)
		if err != nil {
			return nil, "", err
		}
		piece, err := edge.Piece(edge.Pieces{Limit: in.Count, Cursor: in.Page}, all, func(m medicine.Medicine) string { return m.ID })
		return piece.Items, piece.Next, err
	}
	page, err := ch.Medicine.Lines(ctx, in.Page, in.Count)
	return page.Items, page.Next, err
}

func registerMedicines[M any, T fhirOne](a *api, kind, summary string, list func(context.Context, *care.Chart, *medicinesInput) ([]M, string, error), of func(M) (T, string, bool)) {
	register(a, huma.Operation{OperationID: "listFHIR" + kind + "s", Method: http.MethodGet, Path: "/" + kind, Summary: summary, Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *medicinesInput) (*Answer, error) {
			id, err := patientOf(ctx, in.Patient)
			if err != nil {
				return nil, err
			}
			ch, err := a.Open(ctx, id)
			if err != nil {
				return nil, err
			}
			all, next, err := list(ctx, ch, in)
			if err != nil {
				return nil, err
			}
			wanted := map[string]bool{}
			for _, s := range tokenList(in.Status) {
				wanted[s] = true
			}
			found := []T{}
			for _, m := range all {
				if r, status, ok := of(m); ok && (len(wanted) == 0 || wanted[status]) {
					found = append(found, r)
				}
			}
			at := func(page string) string {
				return self(kind, page, url.Values{"patient": {"Patient/" + id}, "status": {in.Status}, "_count": {strconv.Itoa(in.Count)}})
			}
			if next != "" {
				next = at(next)
			}
			if err := closed(ctx, a, id, found...); err != nil {
				return nil, err
			}
			return searchset(a, found, at(in.Page), next)
		})
}

func codesOf(ingredients []medicine.Ingredient) (out []fhir.Coding) {
	for _, i := range ingredients {
		if i.Code != "" {
			out = append(out, fhir.Coding{System: fhir.SystemRxNorm, Code: i.Code, Display: i.Name})
		}
	}
	return out
}

func drugOf(m medicine.Medicine) fhir.Drug {
	d := fhir.Drug{ID: m.ID, PatientID: m.PatientID, Status: string(m.Status), Name: m.Name, Why: m.Why, Directions: m.Directions, Taken: m.Taken,
		Since: m.Since, At: m.AddedAt, ChangedAt: m.ChangedAt}
	if len(m.Ingredients) == 1 { // the codes of several ingredients would each say less than the product is
		d.Codes = codesOf(m.Ingredients)
	}
	if m.Prescriber != nil {
		d.By, d.ByName = m.Prescriber.AccountID, m.Prescriber.Name
	}
	if m.Stop != nil {
		d.Until, d.StopWhy = m.Stop.On, m.Stop.Why
	}
	return d
}

func allergyOf(r medicine.Adverse) fhir.AllergyIntolerance {
	out := fhir.Reaction{ID: r.ID, PatientID: r.PatientID, Kind: r.Kind, Certainty: r.Certainty, Severity: r.Severity, Substance: r.Substance, What: r.What, On: r.On,
		At: r.At, ChangedAt: r.ChangedAt}
	if len(r.Ingredients) == 1 {
		out.Codes = codesOf(r.Ingredients)
	}
	return fhir.AllergyOf(out)
}
