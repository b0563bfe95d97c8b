package fhirapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
	"handrail/models"
	"handrail/models/medicine"
)

type observationInput struct {
	Reading
	Body fhir.ObservationIn
}

// observations takes results that rules and agreements wait for. They are kept as facts of
// the list of medicines.
func (a *api) observations() {
	register(a, huma.Operation{OperationID: "createFHIRObservation", Method: http.MethodPost, Path: "/Observation", DefaultStatus: http.StatusOK,
		Summary:     "Write down a result: QTc, lithium, neutrophils, weight, pregnancy",
		Description: "By LOINC: 8634-8, 14334-7, 751-8, 29463-7, 82810-3. The same again is no change. It is kept as a fact of the list of medicines, and has no address of its own.", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *observationInput) (*Answer, error) {
			id, err := patientOf(ctx, in.Body.Subject.Reference)
			if err != nil {
				return nil, err
			}
			ch, err := a.Open(ctx, id)
			if err != nil {
				return nil, err
			}
			m, field := in.Body.Result()
			if field != "" {
				var c models.Checks
				c.Fail(field, "not-taken", "This result, or its unit, is not one that is taken here.")
				return nil, c.Err()
			}
			f, err := ch.Medicine.Tell(ctx, medicine.Fact{Code: m.Code, Word: m.Word, Number: m.Number, On: in.Body.EffectiveDateTime.UTC()})
			if err != nil {
				return nil, err
			}
			o := fhir.ObservationOf(id, m, f.On, medicine.FactKinds[m.Code].Unit)
			return resource(o, closed(ctx, a, id, o))
		})
}
