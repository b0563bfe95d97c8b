package fhirapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	list "handrail/care/medicines"
	"handrail/fhir"
	"handrail/models/medicine"
)

type medicinesInput struct {
	Reading
	Patient string `query:"patient" maxLength:"1000" doc:"Patient/… Left out: the patient who asks."`
	Status  string `query:"status" maxLength:"200" doc:"One or more, with commas between them."`
}

// medicines registers the list of a patient's medicines and reactions: as far as the
// chart opens it, and as far as the patient lets it leave the programme.
func (a *api) medicines() {
	registerMedicines(a, "MedicationRequest", "Orders of a patient's medicines", func(l list.List) (out []fhir.MedicationRequest, status []string) {
		for _, m := range l.Items {
			if m.Source == medicine.Here {
				out, status = append(out, fhir.RequestOf(drugOf(m))), append(status, string(m.Status))
			}
		}
		return out, status
	})
	registerMedicines(a, "MedicationStatement", "What a patient takes that was not ordered here", func(l list.List) (out []fhir.MedicationStatement, status []string) {
		for _, m := range l.Items {
			if m.Source != medicine.Here {
				out, status = append(out, fhir.StatementOf(drugOf(m))), append(status, string(m.Status))
			}
		}
		return out, status
	})
	registerMedicines(a, "AllergyIntolerance", "Allergies and other bad reactions of a patient", func(l list.List) (out []fhir.AllergyIntolerance, status []string) {
		for _, r := range l.Adverse {
			out, status = append(out, allergyOf(r)), append(status, r.Certainty)
		}
		return out, status
	})
}

func registerMedicines[T interface{ Path() string }](a *api, kind, summary string, of func(list.List) ([]T, []string)) {
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
			l, err := ch.Medicine.List(ctx)
			if err != nil {
				return nil, err
			}
			wanted := map[string]bool{}
			for _, s := range tokenList(in.Status) {
				wanted[s] = true
			}
			all, status := of(l)
			found := []T{}
			for i, r := range all {
				if len(wanted) == 0 || wanted[status[i]] {
					found = append(found, r)
				}
			}
			return searchset(a, found, self(kind, "", url.Values{"patient": {"Patient/" + id}, "status": {in.Status}}), "")
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
